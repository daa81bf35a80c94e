-- The tables of an Invision Power Board 3 forum that matter here, under the names that they carry after
-- an upgrade put them aside (orig_*). Written for this project from documented column names; not the
-- vendor's DDL.

SET NAMES utf8mb4;

CREATE TABLE orig_members (
  member_id mediumint(8) NOT NULL AUTO_INCREMENT,
  name varchar(255) NOT NULL DEFAULT '',
  member_group_id smallint(3) NOT NULL DEFAULT 0,
  email varchar(150) NOT NULL DEFAULT '',
  joined int(10) NOT NULL DEFAULT 0,
  ip_address varchar(46) NOT NULL DEFAULT '',
  posts mediumint(7) DEFAULT 0,
  title varchar(64) DEFAULT NULL,
  allow_admin_mails tinyint(1) DEFAULT NULL,
  time_offset varchar(10) DEFAULT NULL,
  warn_level int(10) DEFAULT NULL,
  restrict_post varchar(100) NOT NULL DEFAULT '0',
  bday_day int(2) DEFAULT NULL,
  bday_month int(2) DEFAULT NULL,
  bday_year int(4) DEFAULT NULL,
  msg_count_new int(2) NOT NULL DEFAULT 0,
  msg_count_total int(3) NOT NULL DEFAULT 0,
  last_visit int(10) DEFAULT 0,
  last_activity int(10) DEFAULT 0,
  mgroup_others varchar(255) NOT NULL DEFAULT '',
  member_login_key varchar(32) NOT NULL DEFAULT '',
  member_login_key_expire int(10) NOT NULL DEFAULT 0,
  members_display_name varchar(255) NOT NULL DEFAULT '',
  members_seo_name varchar(255) NOT NULL DEFAULT '',
  members_cache mediumtext DEFAULT NULL,
  members_disable_pm int(1) NOT NULL DEFAULT 0,
  members_l_display_name varchar(255) NOT NULL DEFAULT '',
  members_l_username varchar(255) NOT NULL DEFAULT '',
  failed_logins text DEFAULT NULL,
  failed_login_count smallint(3) NOT NULL DEFAULT 0,
  members_profile_views int(10) unsigned NOT NULL DEFAULT 0,
  members_pass_hash varchar(32) NOT NULL DEFAULT '',
  members_pass_salt varchar(5) NOT NULL DEFAULT '',
  member_banned tinyint(1) NOT NULL DEFAULT 0,
  members_bitoptions int(10) unsigned NOT NULL DEFAULT 0,
  fb_uid bigint(20) unsigned NOT NULL DEFAULT 0,
  fb_token text DEFAULT NULL,
  live_id varchar(32) DEFAULT NULL,
  twitter_id varchar(255) NOT NULL DEFAULT '',
  twitter_token varchar(255) NOT NULL DEFAULT '',
  twitter_secret varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (member_id),
  KEY members_l_display_name (members_l_display_name(191)),
  KEY members_l_username (members_l_username(191))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_profile_portal (
  pp_member_id int(10) NOT NULL DEFAULT 0,
  pp_last_visitors text DEFAULT NULL,
  pp_rating_hits int(10) NOT NULL DEFAULT 0,
  pp_main_photo varchar(255) NOT NULL DEFAULT '',
  pp_setting_count_friends int(2) NOT NULL DEFAULT 0,
  pp_about_me mediumtext DEFAULT NULL,
  pp_reputation_points int(10) NOT NULL DEFAULT 0,
  signature text DEFAULT NULL,
  pp_status text DEFAULT NULL,
  pp_customization mediumtext DEFAULT NULL,
  PRIMARY KEY (pp_member_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_pfields_data (
  pf_id smallint(5) NOT NULL AUTO_INCREMENT,
  pf_title varchar(250) NOT NULL DEFAULT '',
  pf_desc varchar(250) NOT NULL DEFAULT '',
  pf_content mediumtext DEFAULT NULL,
  pf_type varchar(250) NOT NULL DEFAULT '',
  pf_not_null tinyint(1) NOT NULL DEFAULT 0,
  pf_member_hide tinyint(1) NOT NULL DEFAULT 0,
  pf_member_edit tinyint(1) NOT NULL DEFAULT 0,
  pf_position smallint(6) NOT NULL DEFAULT 0,
  pf_key varchar(255) DEFAULT NULL,
  PRIMARY KEY (pf_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_pfields_content (
  member_id mediumint(8) NOT NULL DEFAULT 0,
  updated int(10) DEFAULT 0,
  field_1 text DEFAULT NULL,
  field_2 text DEFAULT NULL,
  field_3 text DEFAULT NULL,
  field_4 text DEFAULT NULL,
  field_5 text DEFAULT NULL,
  field_6 text DEFAULT NULL,
  field_7 text DEFAULT NULL,
  field_8 text DEFAULT NULL,
  field_9 text DEFAULT NULL,
  field_10 text DEFAULT NULL,
  PRIMARY KEY (member_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_dnames_change (
  dname_id int(10) NOT NULL AUTO_INCREMENT,
  dname_member_id int(10) NOT NULL DEFAULT 0,
  dname_date int(10) NOT NULL DEFAULT 0,
  dname_ip_address varchar(46) NOT NULL DEFAULT '',
  dname_previous varchar(255) NOT NULL DEFAULT '',
  dname_current varchar(255) NOT NULL DEFAULT '',
  dname_discount tinyint(1) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (dname_id),
  KEY dname_member_id (dname_member_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_profile_friends (
  friends_id int(10) NOT NULL AUTO_INCREMENT,
  friends_member_id int(10) unsigned NOT NULL DEFAULT 0,
  friends_friend_id int(10) unsigned NOT NULL DEFAULT 0,
  friends_approved tinyint(1) NOT NULL DEFAULT 0,
  friends_added int(10) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (friends_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_ignored_users (
  ignore_id int(10) NOT NULL AUTO_INCREMENT,
  ignore_owner_id int(8) NOT NULL DEFAULT 0,
  ignore_ignore_id int(8) NOT NULL DEFAULT 0,
  ignore_messages int(1) NOT NULL DEFAULT 0,
  ignore_topics int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (ignore_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_reputation_index (
  id bigint(10) unsigned NOT NULL AUTO_INCREMENT,
  member_id mediumint(8) unsigned NOT NULL DEFAULT 0,
  app varchar(32) NOT NULL DEFAULT '',
  type varchar(32) NOT NULL DEFAULT '',
  type_id int(10) unsigned NOT NULL DEFAULT 0,
  misc text DEFAULT NULL,
  rep_date int(10) unsigned NOT NULL DEFAULT 0,
  rep_msg text DEFAULT NULL,
  rep_rating tinyint(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_groups (
  g_id int(3) unsigned NOT NULL AUTO_INCREMENT,
  g_view_board tinyint(1) DEFAULT NULL,
  g_title varchar(255) NOT NULL DEFAULT '',
  g_access_cp tinyint(1) DEFAULT NULL,
  prefix varchar(250) DEFAULT NULL,
  suffix varchar(250) DEFAULT NULL,
  g_is_supmod tinyint(1) DEFAULT NULL,
  PRIMARY KEY (g_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_message_topics (
  mt_id int(10) NOT NULL AUTO_INCREMENT,
  mt_date int(10) NOT NULL DEFAULT 0,
  mt_title varchar(255) NOT NULL DEFAULT '',
  mt_hasattach smallint(5) NOT NULL DEFAULT 0,
  mt_starter_id int(10) NOT NULL DEFAULT 0,
  mt_start_time int(10) NOT NULL DEFAULT 0,
  mt_last_post_time int(10) NOT NULL DEFAULT 0,
  mt_invited_members text DEFAULT NULL,
  mt_to_count int(3) NOT NULL DEFAULT 0,
  mt_to_member_id int(10) NOT NULL DEFAULT 0,
  mt_replies int(10) NOT NULL DEFAULT 0,
  mt_last_msg_id int(10) NOT NULL DEFAULT 0,
  mt_first_msg_id int(10) NOT NULL DEFAULT 0,
  mt_is_draft int(1) NOT NULL DEFAULT 0,
  mt_is_deleted int(1) NOT NULL DEFAULT 0,
  mt_is_system int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (mt_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_message_posts (
  msg_id int(10) NOT NULL AUTO_INCREMENT,
  msg_topic_id int(10) NOT NULL DEFAULT 0,
  msg_date int(10) DEFAULT NULL,
  msg_post text DEFAULT NULL,
  msg_post_key varchar(32) NOT NULL DEFAULT '0',
  msg_author_id mediumint(8) NOT NULL DEFAULT 0,
  msg_ip_address varchar(46) NOT NULL DEFAULT '0',
  msg_is_first_post int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (msg_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_message_topic_user_map (
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
  PRIMARY KEY (map_id),
  UNIQUE KEY map_main (map_user_id, map_topic_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_topics (
  tid int(10) NOT NULL AUTO_INCREMENT,
  title varchar(255) NOT NULL DEFAULT '',
  state varchar(8) DEFAULT NULL,
  posts int(10) DEFAULT NULL,
  starter_id mediumint(8) NOT NULL DEFAULT 0,
  start_date int(10) DEFAULT NULL,
  last_poster_id mediumint(8) NOT NULL DEFAULT 0,
  last_post int(10) DEFAULT NULL,
  starter_name varchar(255) DEFAULT NULL,
  last_poster_name varchar(255) DEFAULT NULL,
  views int(10) DEFAULT NULL,
  forum_id smallint(5) NOT NULL DEFAULT 0,
  approved tinyint(1) NOT NULL DEFAULT 0,
  title_seo varchar(250) NOT NULL DEFAULT '',
  PRIMARY KEY (tid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE orig_posts (
  pid int(10) NOT NULL AUTO_INCREMENT,
  append_edit tinyint(1) DEFAULT 0,
  edit_time int(10) DEFAULT NULL,
  author_id mediumint(8) NOT NULL DEFAULT 0,
  author_name varchar(255) DEFAULT NULL,
  use_sig tinyint(1) NOT NULL DEFAULT 0,
  use_emo tinyint(1) NOT NULL DEFAULT 0,
  ip_address varchar(46) NOT NULL DEFAULT '',
  post_date int(10) DEFAULT NULL,
  post mediumtext DEFAULT NULL,
  queued tinyint(1) NOT NULL DEFAULT 0,
  topic_id int(10) NOT NULL DEFAULT 0,
  new_topic tinyint(1) DEFAULT 0,
  edit_name varchar(255) DEFAULT NULL,
  post_key varchar(32) NOT NULL DEFAULT '0',
  post_htmlstate smallint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (pid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
