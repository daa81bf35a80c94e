"""The reader of MySQL and MariaDB dumps: bytes in, literals of the wanted columns out; nothing is executed."""

from vetting.readers.sqldump.dump import Dump, DumpLimits, DumpTable, RowChunk

__all__ = ["Dump", "DumpLimits", "DumpTable", "RowChunk"]
