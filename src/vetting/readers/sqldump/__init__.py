"""The reader of dumps of MySQL, MariaDB and PostgreSQL: bytes in, literals of the wanted columns out; nothing is executed."""

from vetting.readers.sqldump.dump import Dump, DumpLimits, DumpTable, RowChunk

__all__ = ["Dump", "DumpLimits", "DumpTable", "RowChunk"]
