-- MySQL dump 10.13  Distrib 5.7.30, for Linux (x86_64)
/*!40101 SET NAMES utf8 */;
CREATE TABLE `core_members` (
  `member_id` mediumint(8) NOT NULL,
  `name` varchar(255) NOT NULL,
  `email` varchar(150) NOT NULL,
  `joined` int(10) NOT NULL
);
INSERT INTO `core_members` VALUES (7,'Sedgewren','sedge@example.org',1400000000);
CREATE TABLE `forums_posts` (
  `pid` int(10) NOT NULL,
  `author_id` mediumint(8) NOT NULL,
  `post_date` int(10) NOT NULL,
  `post` mediumtext,
  `topic_id` int(10) NOT NULL
);
INSERT INTO `forums_posts` VALUES (1,7,1400000500,'x',3),(2,7,1400000600,'x',3),(3,7,1400000700,'x',3);
CREATE TABLE `orig_dnames_change` (
  `dname_id` int(10) NOT NULL,
  `dname_member_id` int(8) NOT NULL,
  `dname_date` int(10) NOT NULL,
  `dname_ip_address` varchar(46) NOT NULL,
  `dname_previous` varchar(255) NOT NULL,
  `dname_current` varchar(255) NOT NULL
);
INSERT INTO `orig_dnames_change` VALUES (1,7,1390000000,'192.0.2.77','ReedPipit','Sedgewren');
CREATE TABLE `orig_groups` (
  `g_id` int(3) NOT NULL,
  `g_title` varchar(32) NOT NULL
);
INSERT INTO `orig_groups` VALUES (3,'Members'),(1,'Validating');
CREATE TABLE `orig_members` (
  `member_id` mediumint(8) NOT NULL,
  `name` varchar(255) NOT NULL,
  `member_group_id` smallint(3) NOT NULL,
  `email` varchar(150) NOT NULL,
  `joined` int(10) NOT NULL,
  `ip_address` varchar(46) NOT NULL,
  `bday_day` int(2), `bday_month` int(2), `bday_year` int(4),
  `members_display_name` varchar(255) NOT NULL,
  `members_pass_hash` varchar(32) NOT NULL,
  `member_login_key` varchar(32) NOT NULL,
  `twitter_id` varchar(255) NOT NULL,
  `twitter_token` varchar(255) NOT NULL,
  `member_banned` tinyint(1) NOT NULL,
  `temp_ban` varchar(100)
);
INSERT INTO `orig_members` VALUES
(7,'sedge_login',3,'sedge.old@example.net',1390000000,'192.0.2.70',1,12,1988,'Sedgewren','5f4dcc3b5aa765d61d8327deb882cf99','PLANTED-SECRET','41000007','PLANTED-SECRET',0,'0'),
(8,'gone_member',1,'gone@example.net',1390000001,'192.0.2.71',0,0,0,'Gone &lt;3','5f4dcc3b5aa765d61d8327deb882cf99','PLANTED-SECRET','0','PLANTED-SECRET',1,'');
CREATE TABLE `orig_posts` (
  `pid` int(10) NOT NULL,
  `author_id` mediumint(8) NOT NULL,
  `author_name` varchar(255) DEFAULT NULL,
  `ip_address` varchar(46) NOT NULL,
  `post_date` int(10) DEFAULT NULL,
  `post` mediumtext,
  `topic_id` int(10) NOT NULL
);
INSERT INTO `orig_posts` VALUES (1,7,'Sedgewren','192.0.2.70',1400000400,'x',3),
(2,8,'Gone &lt;3','192.0.2.71',1400000450,'[quote name=\'ReedPipit\' post=\'1\' timestamp=\'1\']x[/quote][quote name=\'Nobody Known\' post=\'2\']',3);
CREATE TABLE `orig_profile_friends` (
  `friends_id` int(10) NOT NULL,
  `friends_member_id` int(10) NOT NULL,
  `friends_friend_id` int(10) NOT NULL,
  `friends_approved` tinyint(1) NOT NULL,
  `friends_added` int(10) NOT NULL
);
INSERT INTO `orig_profile_friends` VALUES (1,7,8,1,1390000500);
-- Dump completed on 2017-11-21 10:00:00
