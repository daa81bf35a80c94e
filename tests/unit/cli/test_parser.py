"""The words of the command line."""

from __future__ import annotations

import argparse

import pytest

from vetting.cli import commands, main
from vetting.cli.parser import parser


def test_every_command_has_its_help_and_a_function_of_its_own() -> None:
    (known,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    assert set(known.choices) == {one.dest for one in known._choices_actions if one.help}
    functions = {words.get_default("run") for words in known.choices.values()}
    assert functions == {getattr(commands, name) for name in commands.__all__}
    assert len(functions) == len(known.choices)


@pytest.mark.parametrize("option", [["--decoys", "0"], ["--decoys", "many"], ["--seed", "-1"]])
def test_a_number_that_cannot_be_is_refused(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["forecast", "r.csv", "--store", "lists", *option])
    assert ended.value.code == 2
    assert option[0] in capsys.readouterr().err
