-- The tables of an SMF 2.1 forum that matter here, and the columns of members that only 2.0 has. Written for this
-- project, not the vendor's DDL; columns and types checked as the profile says, names wider for the tests' texts.

SET NAMES utf8mb4;

CREATE TABLE smf_members (
  id_member mediumint unsigned NOT NULL AUTO_INCREMENT,
  member_name varchar(255) NOT NULL DEFAULT '',
  date_registered int unsigned NOT NULL DEFAULT 0,
  posts mediumint unsigned NOT NULL DEFAULT 0,
  id_group smallint unsigned NOT NULL DEFAULT 0,
  last_login int unsigned NOT NULL DEFAULT 0,
  real_name varchar(255) NOT NULL DEFAULT '',
  pm_ignore_list text DEFAULT NULL,
  buddy_list text DEFAULT NULL,
  passwd varchar(64) NOT NULL DEFAULT '',
  email_address varchar(255) NOT NULL DEFAULT '',
  personal_text varchar(255) NOT NULL DEFAULT '',
  birthdate date NOT NULL DEFAULT '1004-01-01',
  website_title varchar(255) NOT NULL DEFAULT '',
  website_url varchar(255) NOT NULL DEFAULT '',
  location varchar(255) NOT NULL DEFAULT '',
  icq varchar(255) NOT NULL DEFAULT '',
  signature text NOT NULL,
  member_ip varbinary(16) DEFAULT NULL,
  member_ip2 varbinary(16) DEFAULT NULL,
  secret_question varchar(255) NOT NULL DEFAULT '',
  secret_answer varchar(64) NOT NULL DEFAULT '',
  is_activated tinyint unsigned NOT NULL DEFAULT 1,
  validation_code varchar(10) NOT NULL DEFAULT '',
  additional_groups varchar(255) NOT NULL DEFAULT '',
  id_post_group smallint unsigned NOT NULL DEFAULT 0,
  password_salt varchar(255) NOT NULL DEFAULT '',
  tfa_secret varchar(24) NOT NULL DEFAULT '',
  tfa_backup varchar(64) NOT NULL DEFAULT '',
  PRIMARY KEY (id_member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_themes (
  id_member mediumint NOT NULL DEFAULT 0,
  id_theme tinyint unsigned NOT NULL DEFAULT 1,
  variable varchar(100) NOT NULL DEFAULT '',
  value text NOT NULL,
  PRIMARY KEY (id_theme, id_member, variable)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_custom_fields (
  id_field smallint NOT NULL AUTO_INCREMENT,
  col_name varchar(12) NOT NULL DEFAULT '',
  field_name varchar(40) NOT NULL DEFAULT '',
  field_desc varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (id_field)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_membergroups (
  id_group smallint unsigned NOT NULL AUTO_INCREMENT,
  group_name varchar(80) NOT NULL DEFAULT '',
  description text NOT NULL,
  PRIMARY KEY (id_group)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_log_actions (
  id_action int unsigned NOT NULL AUTO_INCREMENT,
  id_log tinyint unsigned NOT NULL DEFAULT 1,
  log_time int unsigned NOT NULL DEFAULT 0,
  id_member mediumint unsigned NOT NULL DEFAULT 0,
  ip varbinary(16) DEFAULT NULL,
  action varchar(30) NOT NULL DEFAULT '',
  extra text NOT NULL,
  PRIMARY KEY (id_action)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_member_logins (
  id_login int NOT NULL AUTO_INCREMENT,
  id_member mediumint NOT NULL DEFAULT 0,
  time int NOT NULL DEFAULT 0,
  ip varbinary(16) DEFAULT NULL,
  ip2 varbinary(16) DEFAULT NULL,
  PRIMARY KEY (id_login)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_personal_messages (
  id_pm int unsigned NOT NULL AUTO_INCREMENT,
  id_pm_head int unsigned NOT NULL DEFAULT 0,
  id_member_from mediumint unsigned NOT NULL DEFAULT 0,
  deleted_by_sender tinyint unsigned NOT NULL DEFAULT 0,
  from_name varchar(255) NOT NULL DEFAULT '',
  msgtime int unsigned NOT NULL DEFAULT 0,
  subject varchar(255) NOT NULL DEFAULT '',
  body text NOT NULL,
  PRIMARY KEY (id_pm)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_pm_recipients (
  id_pm int unsigned NOT NULL DEFAULT 0,
  id_member mediumint unsigned NOT NULL DEFAULT 0,
  bcc tinyint unsigned NOT NULL DEFAULT 0,
  deleted tinyint unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (id_pm, id_member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_topics (
  id_topic mediumint unsigned NOT NULL AUTO_INCREMENT,
  id_board smallint unsigned NOT NULL DEFAULT 0,
  id_first_msg int unsigned NOT NULL DEFAULT 0,
  id_member_started mediumint unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (id_topic)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_messages (
  id_msg int unsigned NOT NULL AUTO_INCREMENT,
  id_topic mediumint unsigned NOT NULL DEFAULT 0,
  id_board smallint unsigned NOT NULL DEFAULT 0,
  poster_time int unsigned NOT NULL DEFAULT 0,
  id_member mediumint unsigned NOT NULL DEFAULT 0,
  subject varchar(255) NOT NULL DEFAULT '',
  poster_name varchar(255) NOT NULL DEFAULT '',
  poster_email varchar(255) NOT NULL DEFAULT '',
  poster_ip varbinary(16) DEFAULT NULL,
  body text NOT NULL,
  PRIMARY KEY (id_msg)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_user_likes (
  id_member mediumint unsigned NOT NULL DEFAULT 0,
  content_type char(6) NOT NULL DEFAULT '',
  content_id int unsigned NOT NULL DEFAULT 0,
  like_time int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (content_id, content_type, id_member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE smf_mentions (
  content_id int NOT NULL DEFAULT 0,
  content_type varchar(10) NOT NULL DEFAULT '',
  id_mentioned int NOT NULL DEFAULT 0,
  id_member int NOT NULL DEFAULT 0,
  time int NOT NULL DEFAULT 0,
  PRIMARY KEY (content_id, content_type, id_mentioned)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
