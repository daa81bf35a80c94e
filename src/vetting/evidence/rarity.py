"""u: the chance that a person picked at random has a value, from the list's and the cohort's counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vetting.evidence.characters import CharacterModel
from vetting.evidence.frequencies import Frequencies

__all__ = ["Rarity"]

Shares = npt.NDArray[np.float64]

# The character model is overconfident: people pick from the same words and themes, so the text of a
# handle is less random than its trigrams say. Its bits are shortened by this factor.
TEMPER = 0.75
# No value is rarer than this: beyond it, mistakes and mischief with the data are likelier than chance.
_FLOOR = 2.0**-40
_MAILBOX_FLOOR = 2.0**-30  # people mistype addresses, and register with those of others
_PHONE_NUMBERS = 1e8  # numbers in use in a national plan of nine digits, in order of magnitude
_UNSEEN = 0.25  # pseudo-count of a word never seen; with _SMALLEST it keeps small cohorts from extremes
_SMALLEST = 100
_BIRTH_YEARS = 60.0
_DAYS = 365.25


class Rarity:
    """Shares of values in the population that a list and a cohort together show.

    Each share answers: of people other than the two at hand, how large a part has this value? The value
    itself is left out once on either side, so that a match is not taken for its own repetition.

    Args:
        listed: Frequencies of the list.
        cohort: Frequencies of the applicants; for one applicant, of that one.
    """

    def __init__(self, listed: Frequencies, cohort: Frequencies) -> None:
        self._listed = listed
        self._cohort = cohort
        self._characters = CharacterModel(listed.trigrams + cohort.trigrams)

    def sharers(self, kind: str, values: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return how many others have each value, on the list and in the cohort together."""
        return self._listed.others(kind, values) + self._cohort.others(kind, values)

    def population(self, kind: str) -> int:
        """Return how many owners have a value of a kind at all."""
        return self._listed.owners.get(kind, 0) + self._cohort.owners.get(kind, 0)

    def handles(self, compacts: Sequence[str], *, cores: bool = False) -> Shares:
        """Share of handles with this compact text, or with this core.

        The counted share of others who have it, plus what the character model expects: an upper bound
        on either alone.
        """
        counted = self.sharers("core" if cores else "handle", compacts) / max(self.population("handle"), 1)
        return np.clip(counted + self._expected(compacts), _FLOOR, 1.0)

    def emails(self, forms: Sequence[str]) -> Shares:
        """Share of people with this mailbox: others who have it, plus the local part's expectation."""
        counted = self.sharers("email", forms) / max(self.population("email"), 1)
        locals_ = [form.rpartition("@")[0] for form in forms]
        return np.clip(counted + self._expected(locals_) / 4.0, _MAILBOX_FLOOR, 1.0)

    def phones(self, forms: Sequence[str]) -> Shares:
        """Share of people with this number."""
        counted = self.sharers("phone", forms) / max(self.population("phone"), 1)
        return np.clip(counted + 1.0 / _PHONE_NUMBERS, _FLOOR, 1.0)

    def urls(self, forms: Sequence[str]) -> Shares:
        """Share of people with this page."""
        counted = self.sharers("url", forms) / max(self.population("url"), 1)
        paths = [form.partition("/")[2] or form for form in forms]
        return np.clip(counted + self._expected(paths), _FLOOR, 1.0)

    def words(self, kind: str, words: Sequence[str]) -> Shares:
        """Share of people with this word of a name (``name_word``) or an address, or this postcode."""
        return np.clip(
            (self.sharers(kind, words) + _UNSEEN) / (self.population(kind) + _SMALLEST), _FLOOR, 1.0
        )

    def years(self, years: Sequence[str]) -> Shares:
        """Share of people born in a year, smoothed towards sixty equal years."""
        return (self.sharers("year", years) + 1.0) / (self.population("year") + _BIRTH_YEARS)

    def days(self, years: Sequence[str]) -> Shares:
        """Share of people born on a given day of a year."""
        return self.years(years) / _DAYS

    def _expected(self, texts: Sequence[str]) -> Shares:
        return np.exp2(-TEMPER * self._characters.bits(texts))
