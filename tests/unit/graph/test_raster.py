import struct
from typing import Any

import pytest
from tests.small_lists import FakeStore, screening, seed_candidate, seed_shard

from vetting.errors import VettingError
from vetting.graph import raster
from vetting.graph.association import association_graph
from vetting.graph.layout import lay_out
from vetting.graph.raster import graph_png


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    return association_graph(screening(), store, candidates=[seed_candidate()])


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_picture_has_the_size_asked_for_and_the_same_bytes_each_time(graph: Any, scale: Any) -> None:
    png = graph_png(graph, scale=scale)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, _ = struct.unpack(">II", png[16:24])
    assert width == round(lay_out(graph, most=24).width * scale)
    assert png == graph_png(graph, scale=scale)


@pytest.mark.parametrize("scale", [0, -1.0, float("nan"), 1e4])
def test_a_size_that_cannot_be_is_refused(graph: Any, scale: Any) -> None:
    with pytest.raises(ValueError, match="scale"):
        graph_png(graph, scale=scale)


def test_a_machine_without_letters_is_told(graph: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    raster._face.cache_clear()
    monkeypatch.setattr(raster, "_FACES", ("No Such Face",))
    with pytest.raises(VettingError, match="this machine has none of No Such Face"):
        graph_png(graph)
    raster._face.cache_clear()


def test_without_the_extra_the_error_says_what_to_install(
    graph: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    raster._face.cache_clear()
    with pytest.raises(VettingError, match=r"vetting\[png\]"):
        graph_png(graph)
    raster._face.cache_clear()
