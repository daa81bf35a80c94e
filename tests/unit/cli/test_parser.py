"""The words of the command line."""

from __future__ import annotations

import argparse

import pytest

from vetting.cli import commands, graph_commands, main
from vetting.cli.parser import parser
from vetting.cli.store_commands import run_check, run_withdraw


def test_every_command_has_its_help_and_a_function_of_its_own() -> None:
    commands_of = {words: _named(words) for words in (parser(), _named(parser())["store"])}
    functions = []
    for words, known in commands_of.items():
        (action,) = [one for one in words._actions if isinstance(one, argparse._SubParsersAction)]
        assert set(known) == {one.dest for one in action._choices_actions if one.help}
        functions.append([one.get_default("run") for name, one in known.items() if name != "store"])
    named = {getattr(room, name) for room in (commands, graph_commands) for name in room.__all__}
    assert set(functions[0]) == {*named, run_withdraw}
    assert set(functions[1]) == {run_check, run_withdraw}
    assert all(len(set(some)) == len(some) for some in functions)


def _named(words: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (known,) = [one for one in words._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(known.choices)


@pytest.mark.parametrize("option", [["--decoys", "0"], ["--decoys", "many"], ["--seed", "-1"]])
def test_a_number_that_cannot_be_is_refused(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["forecast", "r.csv", "--store", "lists", *option])
    assert ended.value.code == 2
    assert option[0] in capsys.readouterr().err


def test_numbers_of_evidence_are_whole_and_from_one(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["dossier", "--store", "l", "--screening", "o", "--candidate", "1", "--out", "d.html"]
    assert parser().parse_args([*given, "--without", "1,3", "--without", "2"]).without == [[1, 3], [2]]
    for numbers in ("0", "1,", "one"):
        with pytest.raises(SystemExit):
            main([*given, "--without", numbers])
        assert "--without" in capsys.readouterr().err
