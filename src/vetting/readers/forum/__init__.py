"""Forum databases: a dump and the profiles of forum software in; accounts, identifiers and relations out."""

from vetting.readers.forum.matching import Matcher
from vetting.readers.forum.reading import ForumReading, read_forum

__all__ = ["ForumReading", "Matcher", "read_forum"]
