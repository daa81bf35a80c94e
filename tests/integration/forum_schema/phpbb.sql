-- The tables of a phpBB 3 forum that matter here, with the columns of 3.0 and of 3.1 to 3.3 side by side. Written
-- for this project, not the vendor's DDL; columns and types checked as the profile says.

SET NAMES utf8mb4;

CREATE TABLE phpbb_users (
  user_id int unsigned NOT NULL AUTO_INCREMENT,
  user_type tinyint NOT NULL DEFAULT 0,
  group_id mediumint unsigned NOT NULL DEFAULT 3,
  user_permissions mediumtext NOT NULL,
  user_ip varchar(40) NOT NULL DEFAULT '',
  user_regdate int unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  username_clean varchar(255) NOT NULL DEFAULT '',
  user_password varchar(255) NOT NULL DEFAULT '',
  user_newpasswd varchar(255) NOT NULL DEFAULT '',
  user_actkey varchar(32) NOT NULL DEFAULT '',
  user_form_salt varchar(32) NOT NULL DEFAULT '',
  reset_token varchar(64) NOT NULL DEFAULT '',
  user_email varchar(100) NOT NULL DEFAULT '',
  user_email_hash bigint NOT NULL DEFAULT 0,
  user_birthday varchar(10) NOT NULL DEFAULT '',
  user_lastvisit int unsigned NOT NULL DEFAULT 0,
  user_last_active int unsigned NOT NULL DEFAULT 0,
  user_inactive_reason tinyint NOT NULL DEFAULT 0,
  user_sig mediumtext NOT NULL,
  user_from varchar(100) NOT NULL DEFAULT '',
  user_website varchar(200) NOT NULL DEFAULT '',
  user_icq varchar(15) NOT NULL DEFAULT '',
  user_jabber varchar(255) NOT NULL DEFAULT '',
  user_interests mediumtext NOT NULL,
  PRIMARY KEY (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_profile_fields (
  field_id mediumint unsigned NOT NULL AUTO_INCREMENT,
  field_name varchar(255) NOT NULL DEFAULT '',
  field_type varchar(100) NOT NULL DEFAULT '',
  field_ident varchar(20) NOT NULL DEFAULT '',
  PRIMARY KEY (field_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_profile_fields_data (
  user_id int unsigned NOT NULL DEFAULT 0,
  pf_phpbb_location varchar(255) DEFAULT NULL,
  pf_phpbb_website varchar(255) DEFAULT NULL,
  pf_phpbb_interests mediumtext DEFAULT NULL,
  pf_phpbb_skype varchar(255) DEFAULT NULL,
  pf_phpbb_aol varchar(255) DEFAULT NULL,
  pf_phpbb_wlm varchar(255) DEFAULT NULL,
  pf_phpbb_googleplus varchar(255) DEFAULT NULL,
  pf_real_name varchar(255) DEFAULT NULL,
  pf_colour varchar(255) DEFAULT NULL,
  PRIMARY KEY (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_groups (
  group_id mediumint unsigned NOT NULL AUTO_INCREMENT,
  group_type tinyint NOT NULL DEFAULT 1,
  group_name varchar(255) NOT NULL DEFAULT '',
  group_desc text NOT NULL,
  PRIMARY KEY (group_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_user_group (
  group_id mediumint unsigned NOT NULL DEFAULT 0,
  user_id int unsigned NOT NULL DEFAULT 0,
  group_leader tinyint unsigned NOT NULL DEFAULT 0,
  user_pending tinyint unsigned NOT NULL DEFAULT 1,
  KEY user_id (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_log (
  log_id int unsigned NOT NULL AUTO_INCREMENT,
  log_type tinyint NOT NULL DEFAULT 0,
  user_id int unsigned NOT NULL DEFAULT 0,
  forum_id mediumint unsigned NOT NULL DEFAULT 0,
  topic_id int unsigned NOT NULL DEFAULT 0,
  reportee_id int unsigned NOT NULL DEFAULT 0,
  log_ip varchar(40) NOT NULL DEFAULT '',
  log_time int unsigned NOT NULL DEFAULT 0,
  log_operation text NOT NULL,
  log_data mediumtext NOT NULL,
  PRIMARY KEY (log_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_zebra (
  user_id int unsigned NOT NULL DEFAULT 0,
  zebra_id int unsigned NOT NULL DEFAULT 0,
  friend tinyint unsigned NOT NULL DEFAULT 0,
  foe tinyint unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, zebra_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_privmsgs (
  msg_id int unsigned NOT NULL AUTO_INCREMENT,
  root_level mediumint unsigned NOT NULL DEFAULT 0,
  author_id int unsigned NOT NULL DEFAULT 0,
  author_ip varchar(40) NOT NULL DEFAULT '',
  message_time int unsigned NOT NULL DEFAULT 0,
  message_subject varchar(255) NOT NULL DEFAULT '',
  message_text mediumtext NOT NULL,
  to_address text NOT NULL,
  bcc_address text NOT NULL,
  PRIMARY KEY (msg_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_privmsgs_to (
  msg_id int unsigned NOT NULL DEFAULT 0,
  user_id int unsigned NOT NULL DEFAULT 0,
  author_id int unsigned NOT NULL DEFAULT 0,
  pm_deleted tinyint unsigned NOT NULL DEFAULT 0,
  folder_id int NOT NULL DEFAULT 0,
  KEY msg_id (msg_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_topics (
  topic_id int unsigned NOT NULL AUTO_INCREMENT,
  forum_id mediumint unsigned NOT NULL DEFAULT 0,
  topic_title varchar(255) NOT NULL DEFAULT '',
  topic_poster int unsigned NOT NULL DEFAULT 0,
  topic_time int unsigned NOT NULL DEFAULT 0,
  topic_first_poster_name varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (topic_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_posts (
  post_id int unsigned NOT NULL AUTO_INCREMENT,
  topic_id int unsigned NOT NULL DEFAULT 0,
  forum_id mediumint unsigned NOT NULL DEFAULT 0,
  poster_id int unsigned NOT NULL DEFAULT 0,
  poster_ip varchar(40) NOT NULL DEFAULT '',
  post_time int unsigned NOT NULL DEFAULT 0,
  post_username varchar(255) NOT NULL DEFAULT '',
  post_subject varchar(255) NOT NULL DEFAULT '',
  post_text mediumtext NOT NULL,
  bbcode_uid varchar(8) NOT NULL DEFAULT '',
  PRIMARY KEY (post_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_thanks (
  post_id int unsigned NOT NULL DEFAULT 0,
  poster_id int unsigned NOT NULL DEFAULT 0,
  user_id int unsigned NOT NULL DEFAULT 0,
  topic_id int unsigned NOT NULL DEFAULT 0,
  forum_id int unsigned NOT NULL DEFAULT 0,
  thanks_time int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (post_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE phpbb_sessions (
  session_id char(32) NOT NULL,
  session_user_id int unsigned NOT NULL DEFAULT 0,
  session_ip varchar(40) NOT NULL DEFAULT '',
  PRIMARY KEY (session_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
