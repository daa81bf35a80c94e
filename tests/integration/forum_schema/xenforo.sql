-- The tables of a XenForo forum that matter here, those of version 1 and of version 2 side by side. Written for
-- this project from column names that importers and public queries document; not the vendor's DDL.

SET NAMES utf8mb4;

CREATE TABLE xf_user (
  user_id int unsigned NOT NULL AUTO_INCREMENT,
  username varchar(255) NOT NULL DEFAULT '',
  email varchar(120) NOT NULL DEFAULT '',
  custom_title varchar(50) NOT NULL DEFAULT '',
  user_group_id int unsigned NOT NULL DEFAULT 2,
  secondary_group_ids varbinary(255) NOT NULL DEFAULT '',
  register_date int unsigned NOT NULL DEFAULT 0,
  last_activity int unsigned NOT NULL DEFAULT 0,
  user_state enum('valid','email_confirm','email_confirm_edit','moderated','email_bounce','rejected','disabled') NOT NULL DEFAULT 'valid',
  is_banned tinyint unsigned NOT NULL DEFAULT 0,
  secret_key varbinary(32) NOT NULL DEFAULT '',
  PRIMARY KEY (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_authenticate (
  user_id int unsigned NOT NULL,
  scheme_class varchar(100) NOT NULL DEFAULT '',
  data mediumblob NOT NULL,
  remember_key varbinary(40) NOT NULL DEFAULT '',
  PRIMARY KEY (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_profile (
  user_id int unsigned NOT NULL,
  dob_day tinyint unsigned NOT NULL DEFAULT 0,
  dob_month tinyint unsigned NOT NULL DEFAULT 0,
  dob_year smallint unsigned NOT NULL DEFAULT 0,
  signature text NOT NULL,
  homepage text NOT NULL,
  website text NOT NULL,
  location varchar(255) NOT NULL DEFAULT '',
  following text NOT NULL,
  ignored text NOT NULL,
  about text NOT NULL,
  custom_fields mediumblob NOT NULL,
  password_date int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_field_value (
  user_id int unsigned NOT NULL,
  field_id varbinary(25) NOT NULL,
  field_value mediumtext NOT NULL,
  PRIMARY KEY (user_id, field_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_phrase (
  phrase_id int unsigned NOT NULL AUTO_INCREMENT,
  language_id int unsigned NOT NULL DEFAULT 0,
  title varbinary(100) NOT NULL,
  phrase_text mediumtext NOT NULL,
  PRIMARY KEY (phrase_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_group (
  user_group_id int unsigned NOT NULL AUTO_INCREMENT,
  title varchar(50) NOT NULL,
  user_title varchar(100) NOT NULL DEFAULT '',
  PRIMARY KEY (user_group_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_change_log (
  log_id int unsigned NOT NULL AUTO_INCREMENT,
  user_id int unsigned NOT NULL,
  edit_user_id int unsigned NOT NULL DEFAULT 0,
  edit_date int unsigned NOT NULL DEFAULT 0,
  field varchar(100) NOT NULL DEFAULT '',
  old_value text NOT NULL,
  new_value text NOT NULL,
  PRIMARY KEY (log_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_change_log (
  log_id int unsigned NOT NULL AUTO_INCREMENT,
  content_type varbinary(25) NOT NULL,
  content_id int unsigned NOT NULL,
  edit_user_id int unsigned NOT NULL DEFAULT 0,
  edit_date int unsigned NOT NULL DEFAULT 0,
  field varchar(100) NOT NULL DEFAULT '',
  old_value text NOT NULL,
  new_value text NOT NULL,
  PRIMARY KEY (log_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_username_change (
  change_id int unsigned NOT NULL AUTO_INCREMENT,
  user_id int unsigned NOT NULL,
  old_username varchar(50) NOT NULL DEFAULT '',
  new_username varchar(50) NOT NULL DEFAULT '',
  change_state varchar(25) NOT NULL DEFAULT 'approved',
  PRIMARY KEY (change_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_ip (
  ip_id int unsigned NOT NULL AUTO_INCREMENT,
  user_id int unsigned NOT NULL,
  content_type varbinary(25) NOT NULL,
  content_id int unsigned NOT NULL,
  action varbinary(25) NOT NULL DEFAULT '',
  ip varbinary(16) NOT NULL,
  log_date int unsigned NOT NULL,
  PRIMARY KEY (ip_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_follow (
  user_id int unsigned NOT NULL,
  follow_user_id int unsigned NOT NULL,
  follow_date int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, follow_user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_user_ignored (
  user_id int unsigned NOT NULL,
  ignored_user_id int unsigned NOT NULL,
  PRIMARY KEY (user_id, ignored_user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_conversation_master (
  conversation_id int unsigned NOT NULL AUTO_INCREMENT,
  title varchar(150) NOT NULL DEFAULT '',
  user_id int unsigned NOT NULL,
  username varchar(50) NOT NULL DEFAULT '',
  start_date int unsigned NOT NULL DEFAULT 0,
  recipients mediumblob NOT NULL,
  PRIMARY KEY (conversation_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_conversation_recipient (
  conversation_id int unsigned NOT NULL,
  user_id int unsigned NOT NULL,
  recipient_state enum('active','deleted','deleted_ignored') NOT NULL DEFAULT 'active',
  last_read_date int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (conversation_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_conversation_message (
  message_id int unsigned NOT NULL AUTO_INCREMENT,
  conversation_id int unsigned NOT NULL,
  message_date int unsigned NOT NULL DEFAULT 0,
  user_id int unsigned NOT NULL,
  username varchar(50) NOT NULL DEFAULT '',
  message mediumtext NOT NULL,
  ip_id int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (message_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_thread (
  thread_id int unsigned NOT NULL AUTO_INCREMENT,
  node_id int unsigned NOT NULL DEFAULT 0,
  title varchar(150) NOT NULL DEFAULT '',
  user_id int unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  post_date int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (thread_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_post (
  post_id int unsigned NOT NULL AUTO_INCREMENT,
  thread_id int unsigned NOT NULL,
  user_id int unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  post_date int unsigned NOT NULL DEFAULT 0,
  message mediumtext NOT NULL,
  ip_id int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (post_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_profile_post (
  profile_post_id int unsigned NOT NULL AUTO_INCREMENT,
  profile_user_id int unsigned NOT NULL,
  user_id int unsigned NOT NULL,
  username varchar(50) NOT NULL DEFAULT '',
  post_date int unsigned NOT NULL DEFAULT 0,
  message mediumtext NOT NULL,
  PRIMARY KEY (profile_post_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_liked_content (
  like_id int unsigned NOT NULL AUTO_INCREMENT,
  content_type varbinary(25) NOT NULL,
  content_id int unsigned NOT NULL,
  like_user_id int unsigned NOT NULL,
  like_date int unsigned NOT NULL,
  content_user_id int unsigned NOT NULL,
  PRIMARY KEY (like_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE xf_reaction_content (
  reaction_content_id int unsigned NOT NULL AUTO_INCREMENT,
  reaction_id int unsigned NOT NULL DEFAULT 1,
  content_type varbinary(25) NOT NULL,
  content_id int unsigned NOT NULL,
  reaction_user_id int unsigned NOT NULL,
  reaction_date int unsigned NOT NULL,
  content_user_id int unsigned NOT NULL,
  PRIMARY KEY (reaction_content_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
