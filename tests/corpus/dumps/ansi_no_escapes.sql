SET SQL_MODE='ANSI_QUOTES,NO_BACKSLASH_ESCAPES';
CREATE TABLE "odd ""t""" (
  "id" int NOT NULL,
  "path" text COMMENT 'a;b'
);
INSERT IGNORE INTO "odd ""t""" ("id", "path") VALUES (1, 'C:\dir\'), (2, 'it''s; a
line'), (3, NULL);
REPLACE INTO "odd ""t""" ("path", "id") VALUES ('\n', 4);
