CREATE TABLE `odd` (
  `a` int,
  `odd;'name` varchar(5) COMMENT 'it''s; odd'
);
INSERT INTO `odd` VALUES (1,'x'),(2,'y');
