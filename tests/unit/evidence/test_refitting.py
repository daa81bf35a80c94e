from pathlib import Path

import pytest

from vetting.errors import PolicyError, TableError
from vetting.evidence.assessing import assess
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.refitting import PRIOR_PAIRS, read_settled, read_weights, refit_weights
from vetting.evidence.weights import WEIGHTS
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant


def pair(number, email):
    return assess(
        Applicant(id=f"A-{number}", emails=f"maren{number}@example.org", names="Maren Quillmere"),
        ListedAccount(list_id="forum", account_id=str(number), emails=email, names="Maren Quillmere"),
    )


def test_no_pairs_leave_the_documented_table():
    fitted = refit_weights([]).weights()
    for kind, rules in WEIGHTS.items():
        assert {rule: weight.m for rule, weight in fitted[kind].items()} == pytest.approx(
            {rule: weight.m for rule, weight in rules.items()}
        )


def test_outcomes_seen_more_often_get_a_larger_m():
    same = [pair(number, f"maren{number}@example.org") for number in range(30)]
    other = [pair(number, f"zq{number}@example.net") for number in range(10)]
    fit = refit_weights([*same, *other])
    assert fit.pairs == 40
    assert fit.compared["email"] == 40
    prior = WEIGHTS["email"]["same"].m
    assert fit.m["email"]["same"] == pytest.approx((30 + PRIOR_PAIRS * prior) / (40 + PRIOR_PAIRS))
    assert fit.m["email"]["same"] > prior
    assert fit.weights()["email"]["same"].wider == WEIGHTS["email"]["same"].wider
    assert fit.compared["phone"] == 0


def test_the_file_reads_back_and_changes_a_screenings_weights(tmp_path: Path):
    fit = refit_weights([pair(number, f"maren{number}@example.org") for number in range(200)])
    path = tmp_path / "weights.toml"
    path.write_text(fit.to_toml(), encoding="utf-8")
    read = read_weights(path)
    assert read["email"]["same"].m == pytest.approx(fit.m["email"]["same"], abs=1e-5)
    policy = tmp_path / "policy.toml"
    policy.write_text('weights = "weights.toml"\n', encoding="utf-8")
    assert SurfacingPolicy.read(policy).weights == str(path)


@pytest.mark.parametrize(
    "text",
    [
        "[nothing]\nsame = 0.5\n",
        "[email]\nnothing = 0.5\n",
        "[email]\nsame = 1.5\n",
        "[email]\nsame = 0\n",
        "x",
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text):
    path = tmp_path / "weights.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"weights\.toml"):
        read_weights(path)


def test_settled_pairs_are_read_and_their_faults_named(tmp_path: Path):
    path = tmp_path / "settled.csv"
    head = "applicant_id,list_id,account_id,same_person\n"
    path.write_text(head + "A-1,forum,1,same_person\nA-2,forum,2,different_person\n", encoding="utf-8")
    assert read_settled(path) == {("A-1", "forum", "1"): True, ("A-2", "forum", "2"): False}
    path.write_text(head + "A-1,forum,1,perhaps\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 2"):
        read_settled(path)
    path.write_text("applicant_id,account_id\nA-1,1\n", encoding="utf-8")
    with pytest.raises(TableError, match="column"):
        read_settled(path)
