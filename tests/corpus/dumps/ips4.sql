/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: invented
-- ------------------------------------------------------
/*!40101 SET NAMES utf8mb4 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;

DROP TABLE IF EXISTS `core_follow`;
CREATE TABLE `core_follow` (
  `follow_id` varchar(32) NOT NULL,
  `follow_app` varchar(150) DEFAULT NULL,
  `follow_area` varchar(200) DEFAULT NULL,
  `follow_rel_id` bigint(20) DEFAULT NULL,
  `follow_member_id` bigint(20) DEFAULT NULL,
  `follow_added` int(11) DEFAULT NULL,
  PRIMARY KEY (`follow_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `core_follow` VALUES
('0123456789abcdef0123456789abcdef','core','member',2,1,1400000100),
('1123456789abcdef0123456789abcdef','forums','topic',77,1,1400000200),
('2123456789abcdef0123456789abcdef','core','member',1,0,1400000300);
CREATE TABLE `core_ignored_users` (
  `ignore_id` int(10) NOT NULL,
  `ignore_owner_id` int(8) NOT NULL,
  `ignore_ignore_id` int(8) NOT NULL
);
INSERT INTO `core_ignored_users` VALUES (1,2,3);
CREATE TABLE `core_member_history` (
  `log_id` bigint(20) NOT NULL,
  `log_app` varchar(50) NOT NULL,
  `log_member` bigint(20) NOT NULL,
  `log_type` varchar(50) NOT NULL,
  `log_data` text DEFAULT NULL,
  `log_date` decimal(15,4) DEFAULT NULL,
  `log_ip_address` varchar(46) DEFAULT NULL
);
INSERT INTO `core_member_history` VALUES
(1,'core',1,'display_name','{\"old\":\"MossFord77\",\"new\":\"vornskald_77\"}',1400000000.1234,'192.0.2.9'),
(2,'core',1,'email_change','{\"old\":\"old.moss@example.com\",\"new\":\"vornskald@example.org\"}',1400000001.0000,''),
(3,'nexus',1,'display_name','{\"old\":\"NotAName\"}',1400000002.0000,''),
(4,'core',1,'password_change','{\"old\":\"PLANTED-SECRET\"}',1400000003.0000,'');
CREATE TABLE `core_members` (
  `member_id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL DEFAULT '',
  `member_group_id` smallint(3) NOT NULL DEFAULT 0,
  `email` varchar(150) NOT NULL DEFAULT '',
  `joined` int(10) NOT NULL DEFAULT 0,
  `ip_address` varchar(46) NOT NULL DEFAULT '',
  `bday_day` int(2) DEFAULT NULL,
  `bday_month` int(2) DEFAULT NULL,
  `bday_year` int(4) DEFAULT NULL,
  `last_visit` int(10) DEFAULT 0,
  `last_activity` int(10) DEFAULT 0,
  `temp_ban` int(11) DEFAULT 0,
  `mgroup_others` varchar(245) NOT NULL DEFAULT '',
  `members_seo_name` varchar(255) NOT NULL DEFAULT '',
  `members_pass_hash` varchar(255) DEFAULT NULL,
  `members_pass_salt` varchar(22) DEFAULT NULL COMMENT 'it''s (old); unused',
  `failed_logins` text DEFAULT NULL,
  `mfa_details` text DEFAULT NULL,
  `signature` mediumtext DEFAULT NULL,
  PRIMARY KEY (`member_id`),
  KEY `joined` (`joined`)
) ENGINE=InnoDB AUTO_INCREMENT=6 DEFAULT CHARSET=utf8mb4;
INSERT INTO `core_members` VALUES
(1,'vornskald_77',3,'vornskald@example.org',1400000000,'192.0.2.1',3,4,1990,1500000000,1500000500,0,'4,7','vornskald-77','PLANTED-SECRET','PLANTED-SECRET','PLANTED-SECRET','PLANTED-SECRET','a),(b; it\'s \\ \"x\"\n'),
(2,'Ö. O&#39;Fen &amp; Co',3,'fen@example.net',0,'2001:db8::1',3,4,0,0,0,0,'','o-fen','PLANTED-SECRET','PLANTED-SECRET',NULL,NULL,NULL),
(3,'Квилмир 🐸',4,'quill@example.com',1400000007,'',NULL,NULL,1985,0,0,-1,'','quill','$2y$13$PLANTEDSECRETPLANTEDSECRETPLANTEDSECRETPLANTEDSECRETPL',NULL,NULL,NULL,NULL),
(5,'quiet_one',3,'',1400000009,'192.0.2.5',31,2,NULL,0,0,0,'','quiet',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE `core_message_posts` (
  `msg_id` int(10) NOT NULL,
  `msg_topic_id` int(10) DEFAULT NULL,
  `msg_date` int(10) DEFAULT NULL,
  `msg_post` mediumtext DEFAULT NULL,
  `msg_author_id` bigint(20) NOT NULL,
  `msg_ip_address` varchar(46) NOT NULL
);
INSERT INTO `core_message_posts` VALUES
(1,10,1400001000,'<p>PRIVATE-BODY</p>',1,'192.0.2.1'),
(2,10,1400001001,'<p>PRIVATE-BODY</p>',1,'192.0.2.1'),
(3,10,1400001002,'<p>PRIVATE-BODY</p>',5,'192.0.2.5');
CREATE TABLE `core_message_topic_user_map` (
  `map_id` int(10) NOT NULL,
  `map_user_id` bigint(20) NOT NULL,
  `map_topic_id` int(10) NOT NULL
);
INSERT INTO `core_message_topic_user_map` VALUES (1,1,10),(2,2,10);
CREATE TABLE `core_message_topics` (
  `mt_id` int(10) NOT NULL,
  `mt_date` int(10) NOT NULL,
  `mt_title` varchar(255) NOT NULL,
  `mt_starter_id` bigint(20) NOT NULL,
  `mt_to_member_id` bigint(20) NOT NULL,
  `mt_invited_members` text DEFAULT NULL
);
INSERT INTO `core_message_topics` VALUES (10,1400001000,'PRIVATE-BODY',1,0,'a:2:{i:0;i:3;i:1;s:2:\"99\";}');
CREATE TABLE `core_pfields_content` (
  `member_id` bigint(20) NOT NULL,
  `field_1` text DEFAULT NULL,
  `field_2` text DEFAULT NULL,
  `field_5` text DEFAULT NULL,
  `field_6` text DEFAULT NULL
);
INSERT INTO `core_pfields_content` VALUES (1,'Ashmoor','UNMAPPED-TEXT','quill.skype','Vorn &amp; Skald'),(2,'',NULL,NULL,NULL);
CREATE TABLE `core_sys_lang_words` (
  `word_id` int(10) NOT NULL,
  `lang_id` int(10) NOT NULL,
  `word_key` varchar(255) NOT NULL,
  `word_default` longtext DEFAULT NULL,
  `word_custom` longtext DEFAULT NULL
);
INSERT INTO `core_sys_lang_words` VALUES
(1,1,'core_pfield_1','Location',NULL),(2,1,'core_pfield_2','Favourite colour',NULL),(3,1,'core_pfield_5','Skype:',''),
(4,1,'core_pfield_6','x','Real Name'),(5,1,'core_group_3','Members',NULL),(6,1,'core_group_4','Old Guard',NULL),
(7,1,'core_pfield_1_desc','Where?',NULL);
CREATE TABLE `core_sessions` (
  `id` varchar(64) NOT NULL,
  `member_id` bigint(20) DEFAULT NULL,
  `ip_address` varchar(46) DEFAULT NULL
);
INSERT INTO `core_sessions` VALUES ('PLANTED-SECRET',1,'192.0.2.200');
CREATE TABLE `core_validating` (
  `vid` varchar(32) NOT NULL,
  `member_id` bigint(20) NOT NULL,
  `lost_pass` tinyint(1) NOT NULL,
  `new_reg` tinyint(1) NOT NULL,
  `email_chg` tinyint(1) NOT NULL,
  `user_verified` tinyint(1) NOT NULL
);
INSERT INTO `core_validating` VALUES ('PLANTED-SECRET',5,0,1,0,0),('PLANTED-SECRET',2,0,0,1,0),
('PLANTED-SECRET',1,1,0,0,0),('PLANTED-SECRET',3,0,1,0,1);
CREATE TABLE `forums_posts` (
  `pid` bigint(20) NOT NULL,
  `author_id` bigint(20) NOT NULL,
  `author_name` varchar(255) DEFAULT NULL,
  `ip_address` varchar(46) NOT NULL,
  `post_date` int(10) DEFAULT NULL,
  `post` mediumtext DEFAULT NULL,
  `topic_id` bigint(20) NOT NULL
);
INSERT INTO `forums_posts` VALUES
(1,1,'MossFord77','192.0.2.1',1400002000,'<p>POST-BODY</p>',20),
(2,1,'OddMoss','192.0.2.1',1400002005,'<blockquote data-ipsquote-userid=\"2\" data-ipsquote-username=\"x\">POST-BODY</blockquote><a data-mentionid=\"3\">@q</a><a data-mentionid=\"3\">@q</a>',20),
(3,0,'a guest','198.51.100.1',1400002006,'<p>POST-BODY</p>',20),
(4,2,'Ö. O&#39;Fen &amp; Co',0xC0000207,1400002007,'<p>talk of data-ipsquote-userid only</p>',21);
DELIMITER ;;
/*!50003 CREATE TRIGGER t BEFORE INSERT ON core_members FOR EACH ROW BEGIN INSERT INTO core_members VALUES (99,'x;y'); END */;;
DELIMITER ;
-- Dump completed on 2017-11-21 10:00:00
