"""What else a forum's dump may hold: binary and odd types, a trigger, views, a routine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.mariadb import insert

__all__ = ["SCHEMA_EXTRAS", "odd_rows"]

SCHEMA_EXTRAS = """
CREATE TABLE ext_odd_types (
  id int NOT NULL,
  ip varbinary(16) DEFAULT NULL,
  fixed binary(4) DEFAULT NULL,
  body longblob DEFAULT NULL,
  flags bit(12) DEFAULT NULL,
  amount decimal(20,4) DEFAULT NULL,
  ratio double DEFAULT NULL,
  at datetime(3) DEFAULT NULL,
  day date DEFAULT NULL,
  kind enum('a','b''c','d),(e') DEFAULT NULL,
  many set('x','y','z') DEFAULT NULL,
  `odd ``name),` varchar(50) DEFAULT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE ext_empty (id int NOT NULL, name varchar(20) COMMENT 'has ); and '' in it', PRIMARY KEY (id));
CREATE TABLE ext_latin (id int NOT NULL, name varchar(60) CHARACTER SET latin1, PRIMARY KEY (id)) CHARSET=latin1;
CREATE VIEW a_first_view AS SELECT member_id, name, email, joined FROM core_members;
CREATE VIEW core_members_view AS SELECT * FROM core_members;
DELIMITER ;;
CREATE TRIGGER core_members_changed AFTER UPDATE ON core_members FOR EACH ROW
BEGIN
  INSERT INTO ext_empty VALUES (1, 'x;y');
  INSERT INTO ext_empty (id, name) VALUES (2, 'it''s),(');
END;;
CREATE PROCEDURE forge() BEGIN INSERT INTO core_members (member_id, name) VALUES (997, 'forged;'); END;;
DELIMITER ;
"""

_ADDRESSES = (
    None,
    b"",
    b"\xc0\x00\x02\x27",  # ends in a quote
    b"\x5c\x27\x5c\x5c",
    b"\x0a\x0d\x1a\x00",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"\x29\x2c\x28\x3b",  # ),(;
    bytes.fromhex("20010db8005c0027000a000000000001"),
    bytes.fromhex("20010db827275c5c0a0d001a01020000"),
    b"'; DROP TABLE x;"[:16],
    b"\x01\x02'\x01\\\x02",
)


def odd_rows(texts: Sequence[str]) -> Iterator[str]:
    """INSERT statements for the tables of odd types.

    Args:
        texts: What to put into their text columns, a dozen at least.
    """
    columns = (
        "id",
        "ip",
        "fixed",
        "body",
        "flags",
        "amount",
        "ratio",
        "at",
        "day",
        "kind",
        "many",
        "odd `name),",
    )
    body = bytes(range(256)) * 3 + b"\\'\\\\''"
    rows = [
        (
            *(n - 3, address, address[:4] if address else None, body[n:] if n % 3 else None),
            *(b"\x0a\x27" if n % 2 else None, f"-{n}2345.6789", f"-{n}.25e-30" if n % 2 else None),
            *("2016-02-29 23:59:59.123", "0001-01-01", ("a", "b'c", "d),(e")[n % 3], "x,z", texts[n][:40]),
        )
        for n, address in enumerate(_ADDRESSES)
    ]
    yield insert("ext_odd_types", columns, rows)
    latin = ((n, text) for n, text in enumerate(("Zoë", "€uro", "d'Été\\", "plain"), start=1))
    yield insert("ext_latin", ("id", "name"), latin)
