import base64
import hashlib
import json
import re
import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from tests.small_lists import FakeStore, screening, seed_shard
from tests.strategies import hostile_values

from vetting.reports.dossier import dossier_html
from vetting.reports.explore_section import explore_scripts, json_block
from vetting.reports.markup import page


def test_the_library_is_the_file_that_its_maintainers_distribute() -> None:
    folder = resources.files("vetting.reports") / "cytoscape"
    origin = tomllib.loads((folder / "origin.toml").read_text(encoding="utf-8"))
    content = (folder / "cytoscape.min.js").read_bytes()
    assert hashlib.sha256(content).hexdigest() == origin["sha256"]
    assert b"\r" not in content, "a browser would read other line ends, and the policy's hash would not fit"
    assert (folder / "LICENSE").read_text(encoding="utf-8").startswith("Copyright (c)")
    assert origin["licence"] == "MIT"


@given(text=hostile_values())
def test_data_reads_back_and_cannot_end_its_block(text: Any) -> None:
    block = json_block("d", {"label": text})
    inside = block.removeprefix('<script type="application/json" id="d">').removesuffix("</script>")
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(inside)
    assert json.loads(inside) == {"label": text}


def test_the_policy_names_each_script_by_its_hash_and_no_other(tmp_path: Any) -> None:
    store = FakeStore(seed_shard(tmp_path / "seed"))
    html = dossier_html(screening(), store, 1, explore=True)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    (allowed,) = re.findall(r"script-src ([^;]*)", policy)
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert tuple(scripts) == explore_scripts()
    assert allowed.split() == [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    ]
    assert "unsafe" not in allowed
    assert policy.startswith("default-src 'none'; ")


def test_the_data_holds_no_name_of_a_third_party(tmp_path: Any) -> None:
    store = FakeStore(seed_shard(tmp_path / "seed"))
    assert "third_party_" not in dossier_html(screening(), store, 1, hops=2, explore=True)


@pytest.mark.parametrize("script", ["'</script>'", "'<!--'"])
def test_a_script_that_would_be_cut_short_is_refused(script: Any) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        page("t", "", scripts=[script])
