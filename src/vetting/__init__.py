"""A screening run turns sourced records into explained candidate matches.

Only a person turns a candidate into a finding.

Importing this package loads records and errors; readers, the store, the engine and the graph are loaded
when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vetting.errors import InputError as InputError
from vetting.errors import PassportRefusedError as PassportRefusedError
from vetting.errors import StoreError as StoreError
from vetting.errors import VettingError as VettingError
from vetting.records.accounts import Citation as Citation
from vetting.records.accounts import ListedAccount as ListedAccount
from vetting.records.accounts import Relation as Relation
from vetting.records.completeness import Completeness as Completeness
from vetting.records.dates import PartialDate as PartialDate
from vetting.records.identifiers import Identifier as Identifier
from vetting.records.passports import ListPassport as ListPassport
from vetting.records.people import Applicant as Applicant

if TYPE_CHECKING:
    from vetting.evidence.assessing import assess as assess
    from vetting.evidence.policy import SurfacingPolicy as SurfacingPolicy
    from vetting.evidence.results import Assessment as Assessment
    from vetting.evidence.results import Candidate as Candidate
    from vetting.evidence.results import Evidence as Evidence
    from vetting.evidence.screening_result import Coverage as Coverage
    from vetting.evidence.screening_result import Screening as Screening
    from vetting.forecasting import Forecast as Forecast
    from vetting.forecasting import forecast as forecast
    from vetting.graph import association_graph as association_graph
    from vetting.graph import write_graph as write_graph
    from vetting.ingestion import IngestReport as IngestReport
    from vetting.ingestion import ListStore as ListStore
    from vetting.readers.inspect import inspect as inspect
    from vetting.readers.roster import read_roster as read_roster
    from vetting.reports.files import read_screening as read_screening
    from vetting.reports.files import write_screening as write_screening
    from vetting.screening import screen as screen

__all__ = [
    "Applicant",
    "Assessment",
    "Candidate",
    "Citation",
    "Completeness",
    "Coverage",
    "Evidence",
    "Forecast",
    "Identifier",
    "IngestReport",
    "InputError",
    "ListPassport",
    "ListStore",
    "ListedAccount",
    "PartialDate",
    "PassportRefusedError",
    "Relation",
    "Screening",
    "StoreError",
    "SurfacingPolicy",
    "VettingError",
    "assess",
    "association_graph",
    "forecast",
    "inspect",
    "read_roster",
    "read_screening",
    "screen",
    "write_graph",
    "write_screening",
]

__version__ = "0.1.0"

# Where a name lives that is loaded only when it is asked for (PEP 562).
_HOMES = {
    "Assessment": "vetting.evidence.results",
    "Candidate": "vetting.evidence.results",
    "Coverage": "vetting.evidence.screening_result",
    "Evidence": "vetting.evidence.results",
    "Forecast": "vetting.forecasting",
    "IngestReport": "vetting.ingestion",
    "ListStore": "vetting.ingestion",
    "Screening": "vetting.evidence.screening_result",
    "SurfacingPolicy": "vetting.evidence.policy",
    "assess": "vetting.evidence.assessing",
    "association_graph": "vetting.graph",
    "forecast": "vetting.forecasting",
    "inspect": "vetting.readers.inspect",
    "read_roster": "vetting.readers.roster",
    "read_screening": "vetting.reports.files",
    "screen": "vetting.screening",
    "write_graph": "vetting.graph",
    "write_screening": "vetting.reports.files",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
