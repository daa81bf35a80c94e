-- The tables of a vBulletin forum that matter here: those of 3 and 4, and the nodes of 5 beside them. Written for
-- this project from column names that importers and public queries document; not the vendor's DDL.

SET NAMES utf8mb4;

CREATE TABLE user (
  userid int unsigned NOT NULL AUTO_INCREMENT,
  usergroupid smallint unsigned NOT NULL DEFAULT 0,
  membergroupids char(250) NOT NULL DEFAULT '',
  displaygroupid smallint unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  displayname varchar(191) NOT NULL DEFAULT '',
  password char(32) NOT NULL DEFAULT '',
  salt char(30) NOT NULL DEFAULT '',
  token varchar(255) NOT NULL DEFAULT '',
  scheme varchar(100) NOT NULL DEFAULT '',
  secret varchar(255) NOT NULL DEFAULT '',
  email char(100) NOT NULL DEFAULT '',
  homepage char(100) NOT NULL DEFAULT '',
  icq char(20) NOT NULL DEFAULT '',
  skype char(32) NOT NULL DEFAULT '',
  usertitle char(250) NOT NULL DEFAULT '',
  joindate int unsigned NOT NULL DEFAULT 0,
  lastvisit int unsigned NOT NULL DEFAULT 0,
  lastactivity int unsigned NOT NULL DEFAULT 0,
  birthday char(10) NOT NULL DEFAULT '',
  birthday_search date NOT NULL DEFAULT '0001-01-01',
  ipaddress char(40) NOT NULL DEFAULT '',
  PRIMARY KEY (userid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE useractivation (
  useractivationid int unsigned NOT NULL AUTO_INCREMENT,
  userid int unsigned NOT NULL DEFAULT 0,
  dateline int unsigned NOT NULL DEFAULT 0,
  activationid varchar(40) NOT NULL DEFAULT '',
  type smallint unsigned NOT NULL DEFAULT 0,
  emailchange smallint unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (useractivationid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE ipdata (
  ipid int unsigned NOT NULL AUTO_INCREMENT,
  contenttypeid smallint unsigned NOT NULL DEFAULT 0,
  contentid int unsigned NOT NULL DEFAULT 0,
  userid int unsigned NOT NULL DEFAULT 0,
  rectype enum('content','read','view','visit','register','logon','logoff','other') NOT NULL DEFAULT 'other',
  dateline int unsigned NOT NULL DEFAULT 0,
  ip varchar(40) NOT NULL DEFAULT '0.0.0.0',
  altip varchar(40) NOT NULL DEFAULT '0.0.0.0',
  PRIMARY KEY (ipid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE passwordhistory (
  userid int unsigned NOT NULL DEFAULT 0,
  password varchar(50) NOT NULL DEFAULT '',
  passworddate date NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE userfield (
  userid int unsigned NOT NULL DEFAULT 0,
  temp mediumtext DEFAULT NULL,
  field1 mediumtext DEFAULT NULL,
  field2 mediumtext DEFAULT NULL,
  field5 mediumtext DEFAULT NULL,
  PRIMARY KEY (userid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE phrase (
  phraseid int unsigned NOT NULL AUTO_INCREMENT,
  languageid smallint NOT NULL DEFAULT 0,
  varname varchar(250) NOT NULL DEFAULT '',
  fieldname varchar(20) NOT NULL DEFAULT '',
  text mediumtext DEFAULT NULL,
  PRIMARY KEY (phraseid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE usergroup (
  usergroupid smallint unsigned NOT NULL AUTO_INCREMENT,
  title char(100) NOT NULL DEFAULT '',
  description varchar(250) NOT NULL DEFAULT '',
  PRIMARY KEY (usergroupid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE userchangelog (
  changeid int unsigned NOT NULL AUTO_INCREMENT,
  userid int unsigned NOT NULL DEFAULT 0,
  fieldname varchar(250) NOT NULL DEFAULT '',
  newvalue varchar(250) NOT NULL DEFAULT '',
  oldvalue varchar(250) NOT NULL DEFAULT '',
  adminid int unsigned NOT NULL DEFAULT 0,
  change_time int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (changeid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE userlist (
  userid int unsigned NOT NULL DEFAULT 0,
  relationid int unsigned NOT NULL DEFAULT 0,
  type enum('buddy','ignore','follow') NOT NULL DEFAULT 'buddy',
  friend enum('yes','no','pending','denied') NOT NULL DEFAULT 'no',
  PRIMARY KEY (userid, relationid, type)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE usertextfield (
  userid int unsigned NOT NULL DEFAULT 0,
  subfolders mediumtext DEFAULT NULL,
  pmfolders mediumtext DEFAULT NULL,
  buddylist mediumtext DEFAULT NULL,
  ignorelist mediumtext DEFAULT NULL,
  signature mediumtext DEFAULT NULL,
  PRIMARY KEY (userid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE pmtext (
  pmtextid int unsigned NOT NULL AUTO_INCREMENT,
  fromuserid int unsigned NOT NULL DEFAULT 0,
  fromusername varchar(255) NOT NULL DEFAULT '',
  title varchar(250) NOT NULL DEFAULT '',
  message mediumtext DEFAULT NULL,
  touserarray mediumtext DEFAULT NULL,
  dateline int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (pmtextid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE pm (
  pmid int unsigned NOT NULL AUTO_INCREMENT,
  pmtextid int unsigned NOT NULL DEFAULT 0,
  userid int unsigned NOT NULL DEFAULT 0,
  folderid smallint NOT NULL DEFAULT 0,
  parentpmid int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (pmid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE thread (
  threadid int unsigned NOT NULL AUTO_INCREMENT,
  title varchar(250) NOT NULL DEFAULT '',
  firstpostid int unsigned NOT NULL DEFAULT 0,
  forumid smallint unsigned NOT NULL DEFAULT 0,
  postusername varchar(255) NOT NULL DEFAULT '',
  postuserid int unsigned NOT NULL DEFAULT 0,
  dateline int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (threadid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE post (
  postid int unsigned NOT NULL AUTO_INCREMENT,
  threadid int unsigned NOT NULL DEFAULT 0,
  parentid int unsigned NOT NULL DEFAULT 0,
  username varchar(255) NOT NULL DEFAULT '',
  userid int unsigned NOT NULL DEFAULT 0,
  title varchar(250) NOT NULL DEFAULT '',
  dateline int unsigned NOT NULL DEFAULT 0,
  pagetext mediumtext DEFAULT NULL,
  ipaddress char(40) NOT NULL DEFAULT '',
  PRIMARY KEY (postid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE reputation (
  reputationid int unsigned NOT NULL AUTO_INCREMENT,
  postid int unsigned NOT NULL DEFAULT 0,
  userid int unsigned NOT NULL DEFAULT 0,
  reputation int NOT NULL DEFAULT 0,
  whoadded int unsigned NOT NULL DEFAULT 0,
  reason varchar(250) DEFAULT '',
  dateline int unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (reputationid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE post_thanks (
  id int unsigned NOT NULL AUTO_INCREMENT,
  userid int unsigned NOT NULL,
  username varchar(50) NOT NULL DEFAULT '',
  date int unsigned NOT NULL,
  postid int unsigned NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE contenttype (
  contenttypeid int unsigned NOT NULL AUTO_INCREMENT,
  class varbinary(50) NOT NULL,
  PRIMARY KEY (contenttypeid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE node (
  nodeid int unsigned NOT NULL AUTO_INCREMENT,
  contenttypeid smallint NOT NULL,
  parentid int NOT NULL DEFAULT 0,
  starter int NOT NULL DEFAULT 0,
  userid int unsigned DEFAULT NULL,
  authorname varchar(255) DEFAULT NULL,
  title varchar(512) DEFAULT NULL,
  publishdate int DEFAULT NULL,
  created int DEFAULT NULL,
  ipaddress varchar(45) NOT NULL DEFAULT '',
  PRIMARY KEY (nodeid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE text (
  nodeid int unsigned NOT NULL,
  previewtext varchar(2048) DEFAULT NULL,
  rawtext mediumtext DEFAULT NULL,
  PRIMARY KEY (nodeid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE sentto (
  nodeid int NOT NULL,
  userid int NOT NULL,
  folderid int NOT NULL,
  deleted smallint NOT NULL DEFAULT 0,
  KEY nodeid (nodeid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
