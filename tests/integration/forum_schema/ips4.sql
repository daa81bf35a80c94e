-- The tables of an Invision Community 4 forum that matter here, written for this project from the
-- column names that importers and public queries document. Not the vendor's DDL.

SET NAMES utf8mb4;

CREATE TABLE core_members (
  member_id mediumint(8) unsigned NOT NULL AUTO_INCREMENT,
  name varchar(255) NOT NULL DEFAULT '',
  member_group_id smallint(3) NOT NULL DEFAULT 0,
  email varchar(150) NOT NULL DEFAULT '',
  joined int(10) NOT NULL DEFAULT 0,
  ip_address varchar(46) NOT NULL DEFAULT '',
  skin smallint(5) unsigned DEFAULT NULL,
  warn_level int(10) DEFAULT NULL,
  warn_lastwarn int(10) NOT NULL DEFAULT 0,
  restrict_post int(10) NOT NULL DEFAULT 0,
  bday_day int(2) DEFAULT NULL,
  bday_month int(2) DEFAULT NULL,
  bday_year int(4) DEFAULT NULL,
  msg_count_new int(2) NOT NULL DEFAULT 0,
  msg_count_total int(3) NOT NULL DEFAULT 0,
  msg_count_reset int(10) NOT NULL DEFAULT 0,
  msg_show_notification int(1) NOT NULL DEFAULT 0,
  last_visit int(10) DEFAULT 0,
  last_activity int(10) DEFAULT 0,
  mgroup_others varchar(245) NOT NULL DEFAULT '',
  member_login_key varchar(32) NOT NULL DEFAULT '',
  member_login_key_expire int(10) NOT NULL DEFAULT 0,
  members_seo_name varchar(255) NOT NULL DEFAULT '',
  members_cache mediumtext DEFAULT NULL,
  failed_logins text DEFAULT NULL,
  failed_login_count smallint(3) NOT NULL DEFAULT 0,
  members_profile_views int(10) unsigned NOT NULL DEFAULT 0,
  members_pass_hash varchar(255) DEFAULT NULL,
  members_pass_salt varchar(22) DEFAULT NULL,
  members_bitoptions int(10) unsigned NOT NULL DEFAULT 0,
  members_day_posts varchar(32) NOT NULL DEFAULT '0,0',
  notification_cnt mediumint(9) NOT NULL DEFAULT 0,
  pp_main_photo text DEFAULT NULL,
  pp_reputation_points int(10) DEFAULT NULL,
  signature text DEFAULT NULL,
  timezone varchar(64) DEFAULT NULL,
  member_title varchar(64) DEFAULT NULL,
  member_posts mediumint(7) NOT NULL DEFAULT 0,
  member_last_post int(10) DEFAULT NULL,
  temp_ban int(10) NOT NULL DEFAULT 0,
  mfa_details text DEFAULT NULL,
  completed bit(1) NOT NULL DEFAULT b'1',
  PRIMARY KEY (member_id),
  KEY joined (joined),
  KEY email (email),
  KEY name (name(191))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_member_history (
  log_id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  log_app varchar(255) NOT NULL DEFAULT '',
  log_member bigint(20) unsigned NOT NULL DEFAULT 0,
  log_by bigint(20) unsigned DEFAULT NULL,
  log_type varchar(255) NOT NULL DEFAULT '',
  log_data text DEFAULT NULL,
  log_date decimal(15,4) NOT NULL DEFAULT 0.0000,
  log_ip_address varchar(46) DEFAULT NULL,
  PRIMARY KEY (log_id),
  KEY log_member (log_member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_dnames_change (
  dname_id int(10) NOT NULL AUTO_INCREMENT,
  dname_member_id int(8) NOT NULL DEFAULT 0,
  dname_date int(10) NOT NULL DEFAULT 0,
  dname_ip_address varchar(46) NOT NULL DEFAULT '',
  dname_previous varchar(255) NOT NULL DEFAULT '',
  dname_current varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (dname_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_pfields_data (
  pf_id mediumint(8) unsigned NOT NULL AUTO_INCREMENT,
  pf_content mediumtext DEFAULT NULL,
  pf_type varchar(250) NOT NULL DEFAULT '',
  pf_not_null tinyint(1) unsigned NOT NULL DEFAULT 0,
  pf_member_hide varchar(7) NOT NULL DEFAULT 'all',
  pf_max_input int(6) unsigned NOT NULL DEFAULT 0,
  pf_member_edit tinyint(1) unsigned NOT NULL DEFAULT 0,
  pf_position int(10) unsigned NOT NULL DEFAULT 0,
  pf_show_on_reg tinyint(1) unsigned NOT NULL DEFAULT 0,
  pf_input_format text DEFAULT NULL,
  pf_group_id mediumint(4) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (pf_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_pfields_content (
  member_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  field_1 mediumtext DEFAULT NULL,
  field_2 mediumtext DEFAULT NULL,
  field_3 mediumtext DEFAULT NULL,
  field_4 mediumtext DEFAULT NULL,
  field_5 mediumtext DEFAULT NULL,
  field_6 mediumtext DEFAULT NULL,
  PRIMARY KEY (member_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_sys_lang_words (
  word_id int(10) unsigned NOT NULL AUTO_INCREMENT,
  lang_id mediumint(4) unsigned NOT NULL DEFAULT 1,
  word_app varchar(32) DEFAULT NULL,
  word_key varchar(255) NOT NULL DEFAULT '',
  word_default text NOT NULL,
  word_custom text DEFAULT NULL,
  word_js tinyint(1) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (word_id),
  KEY word_key (word_key(191))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_groups (
  g_id int(3) unsigned NOT NULL AUTO_INCREMENT,
  g_view_board tinyint(1) DEFAULT NULL,
  g_mem_info tinyint(1) DEFAULT NULL,
  g_is_supmod tinyint(1) DEFAULT NULL,
  g_access_cp tinyint(1) DEFAULT NULL,
  prefix text DEFAULT NULL,
  suffix text DEFAULT NULL,
  g_max_messages int(5) DEFAULT 50,
  g_bitoptions int(10) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (g_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_message_topics (
  mt_id int(10) NOT NULL AUTO_INCREMENT,
  mt_date int(10) NOT NULL DEFAULT 0,
  mt_title varchar(255) NOT NULL DEFAULT '',
  mt_starter_id int(10) NOT NULL DEFAULT 0,
  mt_start_time int(10) NOT NULL DEFAULT 0,
  mt_last_post_time int(10) NOT NULL DEFAULT 0,
  mt_to_count int(3) NOT NULL DEFAULT 0,
  mt_to_member_id int(10) NOT NULL DEFAULT 0,
  mt_replies int(10) NOT NULL DEFAULT 0,
  mt_last_msg_id int(10) NOT NULL DEFAULT 0,
  mt_first_msg_id int(10) NOT NULL DEFAULT 0,
  mt_is_draft int(1) NOT NULL DEFAULT 0,
  mt_is_deleted int(1) NOT NULL DEFAULT 0,
  mt_is_system int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (mt_id),
  KEY mt_starter_id (mt_starter_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_message_posts (
  msg_id int(10) NOT NULL AUTO_INCREMENT,
  msg_topic_id int(10) NOT NULL DEFAULT 0,
  msg_date int(10) DEFAULT NULL,
  msg_post mediumtext DEFAULT NULL,
  msg_post_key varchar(32) NOT NULL DEFAULT '0',
  msg_author_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  msg_ip_address varchar(46) NOT NULL DEFAULT '0',
  msg_is_first_post int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (msg_id),
  KEY msg_topic_id (msg_topic_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_message_topic_user_map (
  map_id int(10) NOT NULL AUTO_INCREMENT,
  map_user_id int(10) NOT NULL DEFAULT 0,
  map_topic_id int(10) NOT NULL DEFAULT 0,
  map_folder_id varchar(32) NOT NULL DEFAULT '',
  map_read_time int(10) NOT NULL DEFAULT 0,
  map_user_active int(1) NOT NULL DEFAULT 0,
  map_user_banned int(1) NOT NULL DEFAULT 0,
  map_has_unread int(1) NOT NULL DEFAULT 0,
  map_is_starter int(1) NOT NULL DEFAULT 0,
  map_left_time int(10) NOT NULL DEFAULT 0,
  map_last_topic_reply int(10) NOT NULL DEFAULT 0,
  PRIMARY KEY (map_id),
  UNIQUE KEY map_main (map_user_id, map_topic_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_follow (
  follow_id varchar(32) NOT NULL DEFAULT '',
  follow_app varchar(150) NOT NULL DEFAULT '',
  follow_area varchar(200) NOT NULL DEFAULT '',
  follow_rel_id int(10) unsigned NOT NULL DEFAULT 0,
  follow_member_id int(10) unsigned NOT NULL DEFAULT 0,
  follow_is_anon int(1) NOT NULL DEFAULT 0,
  follow_added int(10) NOT NULL DEFAULT 0,
  follow_notify_do int(1) NOT NULL DEFAULT 0,
  follow_notify_meta text DEFAULT NULL,
  follow_notify_freq varchar(200) NOT NULL DEFAULT '',
  follow_notify_sent int(10) NOT NULL DEFAULT 0,
  follow_visible int(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (follow_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_ignored_users (
  ignore_id int(10) NOT NULL AUTO_INCREMENT,
  ignore_owner_id int(8) NOT NULL DEFAULT 0,
  ignore_ignore_id int(8) NOT NULL DEFAULT 0,
  ignore_messages int(1) NOT NULL DEFAULT 0,
  ignore_topics int(1) NOT NULL DEFAULT 0,
  ignore_signatures int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (ignore_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_reputation_index (
  id bigint(10) unsigned NOT NULL AUTO_INCREMENT,
  member_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  app varchar(32) NOT NULL DEFAULT '',
  type varchar(32) NOT NULL DEFAULT '',
  type_id int(10) unsigned NOT NULL DEFAULT 0,
  rep_date int(10) NOT NULL DEFAULT 0,
  rep_rating tinyint(1) NOT NULL DEFAULT 1,
  member_received mediumint(8) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_members_known_ip_addresses (
  device_key varchar(32) NOT NULL DEFAULT '',
  member_id bigint(20) unsigned NOT NULL DEFAULT 0,
  ip_address varchar(46) NOT NULL DEFAULT '',
  last_seen int(10) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (member_id, ip_address, device_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE core_validating (
  vid varchar(32) NOT NULL DEFAULT '',
  member_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  entry_date int(10) NOT NULL DEFAULT 0,
  lost_pass tinyint(1) NOT NULL DEFAULT 0,
  new_reg tinyint(1) NOT NULL DEFAULT 0,
  email_chg tinyint(1) NOT NULL DEFAULT 0,
  prev_email varchar(150) NOT NULL DEFAULT '0',
  user_verified tinyint(1) unsigned NOT NULL DEFAULT 0,
  ip_address varchar(46) NOT NULL DEFAULT '0',
  PRIMARY KEY (vid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE forums_topics (
  tid int(10) NOT NULL AUTO_INCREMENT,
  title varchar(255) NOT NULL DEFAULT '',
  state varchar(8) DEFAULT NULL,
  posts int(10) DEFAULT NULL,
  starter_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  start_date int(10) DEFAULT NULL,
  last_poster_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  last_post int(10) DEFAULT NULL,
  starter_name varchar(255) DEFAULT NULL,
  last_poster_name varchar(255) DEFAULT NULL,
  views int(10) DEFAULT NULL,
  forum_id smallint(5) NOT NULL DEFAULT 0,
  approved tinyint(1) NOT NULL DEFAULT 0,
  pinned tinyint(1) NOT NULL DEFAULT 0,
  topic_firstpost int(10) NOT NULL DEFAULT 0,
  PRIMARY KEY (tid),
  KEY forum_id (forum_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE forums_posts (
  pid int(10) NOT NULL AUTO_INCREMENT,
  append_edit tinyint(1) DEFAULT 0,
  edit_time int(10) DEFAULT NULL,
  author_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  author_name varchar(255) DEFAULT NULL,
  ip_address varchar(46) NOT NULL DEFAULT '',
  post_date int(10) DEFAULT NULL,
  post mediumtext DEFAULT NULL,
  queued tinyint(1) NOT NULL DEFAULT 0,
  topic_id int(10) NOT NULL DEFAULT 0,
  new_topic tinyint(1) DEFAULT 0,
  edit_name varchar(255) DEFAULT NULL,
  post_key varchar(32) DEFAULT NULL,
  pdelete_time int(10) NOT NULL DEFAULT 0,
  PRIMARY KEY (pid),
  KEY topic_id (topic_id, post_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
