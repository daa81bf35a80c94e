-- The tables of a MyBB 1.8 forum that matter here, written for this project; not the vendor's
-- DDL. Columns and types checked as the profile says, names and subjects wider than the vendor's for the tests' texts.

SET NAMES utf8mb4;

CREATE TABLE mybb_users (
  uid int unsigned NOT NULL AUTO_INCREMENT,
  username varchar(255) NOT NULL DEFAULT '',
  password varchar(120) NOT NULL DEFAULT '',
  salt varchar(40) NOT NULL DEFAULT '',
  loginkey varchar(60) NOT NULL DEFAULT '',
  email varchar(220) NOT NULL DEFAULT '',
  postnum int unsigned NOT NULL DEFAULT 0,
  avatar varchar(200) NOT NULL DEFAULT '',
  usergroup smallint unsigned NOT NULL DEFAULT 0,
  additionalgroups varchar(200) NOT NULL DEFAULT '',
  displaygroup smallint unsigned NOT NULL DEFAULT 0,
  usertitle varchar(250) NOT NULL DEFAULT '',
  regdate int unsigned NOT NULL DEFAULT 0,
  lastactive int unsigned NOT NULL DEFAULT 0,
  lastvisit int unsigned NOT NULL DEFAULT 0,
  website varchar(200) NOT NULL DEFAULT '',
  icq varchar(10) NOT NULL DEFAULT '',
  skype varchar(75) NOT NULL DEFAULT '',
  google varchar(75) NOT NULL DEFAULT '',
  birthday varchar(15) NOT NULL DEFAULT '',
  birthdayprivacy varchar(4) NOT NULL DEFAULT 'all',
  signature text NOT NULL,
  regip varbinary(16) NOT NULL DEFAULT '',
  lastip varbinary(16) NOT NULL DEFAULT '',
  buddylist text NOT NULL,
  ignorelist text NOT NULL,
  pmfolders text NOT NULL,
  loginattempts smallint unsigned NOT NULL DEFAULT 1,
  usernotes text NOT NULL,
  PRIMARY KEY (uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_awaitingactivation (
  aid int unsigned NOT NULL AUTO_INCREMENT,
  uid int unsigned NOT NULL DEFAULT 0,
  dateline int unsigned NOT NULL DEFAULT 0,
  code varchar(100) NOT NULL DEFAULT '',
  type char(1) NOT NULL DEFAULT '',
  validated tinyint(1) NOT NULL DEFAULT 0,
  misc varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (aid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_userfields (
  ufid int unsigned NOT NULL DEFAULT 0,
  fid1 text NOT NULL,
  fid2 text NOT NULL,
  fid3 text NOT NULL,
  fid4 text NOT NULL,
  PRIMARY KEY (ufid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_profilefields (
  fid smallint unsigned NOT NULL AUTO_INCREMENT,
  name varchar(100) NOT NULL DEFAULT '',
  description text NOT NULL,
  type text NOT NULL,
  PRIMARY KEY (fid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_usergroups (
  gid smallint unsigned NOT NULL AUTO_INCREMENT,
  type tinyint unsigned NOT NULL DEFAULT 2,
  title varchar(120) NOT NULL DEFAULT '',
  description text NOT NULL,
  PRIMARY KEY (gid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_privatemessages (
  pmid int unsigned NOT NULL AUTO_INCREMENT,
  uid int unsigned NOT NULL DEFAULT 0,
  toid int unsigned NOT NULL DEFAULT 0,
  fromid int unsigned NOT NULL DEFAULT 0,
  recipients text NOT NULL,
  folder smallint unsigned NOT NULL DEFAULT 1,
  subject varchar(300) NOT NULL DEFAULT '',
  message text NOT NULL,
  dateline int unsigned NOT NULL DEFAULT 0,
  deletetime int unsigned NOT NULL DEFAULT 0,
  status tinyint(1) NOT NULL DEFAULT 0,
  readtime int unsigned NOT NULL DEFAULT 0,
  ipaddress varbinary(16) NOT NULL DEFAULT '',
  PRIMARY KEY (pmid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_threads (
  tid int unsigned NOT NULL AUTO_INCREMENT,
  fid smallint unsigned NOT NULL DEFAULT 0,
  subject varchar(300) NOT NULL DEFAULT '',
  uid int unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  dateline int unsigned NOT NULL DEFAULT 0,
  firstpost int unsigned NOT NULL DEFAULT 0,
  lastposter varchar(120) NOT NULL DEFAULT '',
  PRIMARY KEY (tid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_posts (
  pid int unsigned NOT NULL AUTO_INCREMENT,
  tid int unsigned NOT NULL DEFAULT 0,
  replyto int unsigned NOT NULL DEFAULT 0,
  fid smallint unsigned NOT NULL DEFAULT 0,
  subject varchar(300) NOT NULL DEFAULT '',
  uid int unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  dateline int unsigned NOT NULL DEFAULT 0,
  message text NOT NULL,
  ipaddress varbinary(16) NOT NULL DEFAULT '',
  visible tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (pid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_reputation (
  rid int unsigned NOT NULL AUTO_INCREMENT,
  uid int unsigned NOT NULL DEFAULT 0,
  adduid int unsigned NOT NULL DEFAULT 0,
  pid int unsigned NOT NULL DEFAULT 0,
  reputation smallint NOT NULL DEFAULT 0,
  dateline int unsigned NOT NULL DEFAULT 0,
  comments text NOT NULL,
  PRIMARY KEY (rid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE mybb_sessions (
  sid varchar(32) NOT NULL DEFAULT '',
  uid int unsigned NOT NULL DEFAULT 0,
  ip varbinary(16) NOT NULL DEFAULT '',
  time int unsigned NOT NULL DEFAULT 0,
  useragent varchar(200) NOT NULL DEFAULT '',
  PRIMARY KEY (sid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
