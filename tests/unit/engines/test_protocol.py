from __future__ import annotations

import pytest

from vetting.engines import ENGINES, open_engine
from vetting.engines.duckdb import DuckDBEngine
from vetting.engines.protocol import Engine
from vetting.errors import MissingPartError, VettingError


def test_duckdb_is_an_engine_and_has_every_verb_of_the_protocol() -> None:
    engine: Engine = open_engine("duckdb")
    verbs = {name for name in vars(Engine) if not name.startswith("_")}
    assert {"map", "sql", "collect", "close"} <= verbs
    assert verbs <= set(dir(engine)) & set(dir(DuckDBEngine))
    engine.close()


def test_every_engine_that_is_named_opens_or_says_what_to_install() -> None:
    for name in ENGINES:
        try:
            open_engine(name).close()
        except MissingPartError as error:
            assert str(error).endswith(".")


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises((ValueError, VettingError), match="duckdb"):
        open_engine("abacus")
