"""u: the chance that a person picked at random has a value, from the list's and the cohort's counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vetting.blocking.hashing import Hashes, hash_texts
from vetting.blocking.postings import Postings
from vetting.evidence.frequencies import Frequencies
from vetting.evidence.named_handles import NameCounts, name_stems, named_parts, named_shares

__all__ = ["DAYS", "SHARES", "TEMPER", "Rarity"]

Shares = npt.NDArray[np.float64]

# The character model is overconfident: people pick from the same words and themes, so the text of a
# handle is less random than its trigrams say. Its bits are shortened by this factor.
TEMPER = 0.75
# No value is rarer than this: beyond it, mistakes and mischief with the data are likelier than chance.
_FLOOR = 2.0**-40
_RAREST_OF_ONE = 2.0**-28  # so rare at most is a handle when nobody else is known
_MAILBOX_FLOOR = 2.0**-30  # people mistype addresses, and register with those of others
_MANY_SHARERS = 10.0
_PHONE_NUMBERS = 1e8  # numbers in use in a national plan of nine digits, in order of magnitude
_UNSEEN = 0.25  # pseudo-count of a word never seen; with _SMALLEST it keeps small cohorts from extremes
_SMALLEST = 100
_FEW_TEXTS = 200  # of more, each word is looked up by itself
_BIRTH_YEARS = 60.0
_MOST_REMEMBERED = 500_000  # pieces of handles
DAYS = 365.25  # of a year


class _Shares:
    """The shares of what nobody else was seen to have; they are all there is for a pair without a list."""

    floor = _FLOOR
    mailbox = _MAILBOX_FLOOR
    phone = 1.0 / _PHONE_NUMBERS

    @staticmethod
    def rarest_handle(population: int) -> float:
        """Return the share below which no handle is, by how many have one."""
        # A model learned from a handful of handles must not claim what only thousands could show.
        return float(max(_FLOOR, _RAREST_OF_ONE / max(population, 1) ** (2.0 / 3.0)))

    @staticmethod
    def of_words(population: int) -> float:
        """Return the share of a word or a postcode."""
        return max(_UNSEEN / (population + _SMALLEST), _FLOOR)

    @staticmethod
    def of_days(population: int) -> float:
        """Return the share of people born on one day, by how many give a year."""
        return 1.0 / (population + _BIRTH_YEARS) / DAYS


SHARES = _Shares


class Rarity:
    """Shares of values in the population that a list and a cohort together show.

    Each share answers: of people other than the two at hand, how large a part has this value? The value
    itself is left out once on either side, so that a match is not taken for its own repetition.

    Args:
        listed: Frequencies of the list.
        cohort: Frequencies of the applicants; for one applicant, of that one.
        postings: The list's n-gram postings, for the rarity of pieces of handles; ``None`` where there are
            none, as for a single pair.
    """

    def __init__(self, listed: Frequencies, cohort: Frequencies, *, postings: Postings | None = None) -> None:
        self._listed = listed
        self._cohort = cohort
        self.characters = listed.characters.with_counts(cohort.trigrams)
        self.postings = postings
        self._parts: dict[str, float] = {}  # pieces come again with every batch
        self._rarest = SHARES.rarest_handle(self.population("handle"))
        self._names = NameCounts(self._is_name, self._name_shares, self._is_affix, self._affix_shares)

    def sharers(
        self, kind: str, values: Sequence[str], *, hashes: Hashes | None = None
    ) -> npt.NDArray[np.int64]:
        """Return how many others have each value, on the list and in the cohort together.

        Args:
            kind: A kind of value.
            values: n values.
            hashes: Shape (n,): theirs, if they are known.
        """
        sides = self._listed, self._cohort
        return sides[0].others(kind, values, hashes=hashes) + sides[1].others(kind, values, hashes=hashes)

    def population(self, kind: str) -> int:
        """Return how many owners have a value of a kind at all."""
        return self._listed.owners.get(kind, 0) + self._cohort.owners.get(kind, 0)

    def handles(self, compacts: Sequence[str], *, cores: bool = False) -> Shares:
        """Share of handles with this compact text, or with this core.

        The counted share of others who have it, plus what the character model expects: an upper bound
        on either alone.
        """
        counted = self.sharers("core" if cores else "handle", compacts) / max(self.population("handle"), 1)
        return np.clip(counted + self._expected(compacts), self._rarest, 1.0)

    def spellings(self, compacts: Sequence[str]) -> Shares:
        """Share of handles with this compact text by count and letters, names aside: at most :meth:`handles`."""
        return self.spelt(compacts, self.characters.bits(compacts))

    def spelt(self, compacts: Sequence[str], bits: npt.NDArray[np.float64]) -> Shares:
        """:meth:`spellings`, of texts whose letters' bits are known."""
        counted = self.sharers("handle", compacts) / max(self.population("handle"), 1)
        return np.clip(counted + np.exp2(-TEMPER * bits), self._rarest, 1.0)

    def spelt_at_most(self, bits: npt.NDArray[np.float64]) -> Shares:
        """Bound :meth:`spelt` by the handle that most have, without looking any text up."""
        most = self._listed.most_owners("handle") + self._cohort.most_owners("handle")
        shares: Shares = most / max(self.population("handle"), 1) + np.exp2(-TEMPER * bits)
        return np.clip(shares, self._rarest, 1.0)

    def parts(self, texts: Sequence[str]) -> Shares:
        """Share of handles that hold this piece of text.

        A piece made of names is as common as the people who bear them, wherever in a handle it stands; a
        word that others have at an end is as common as that. The letters alone are an upper bound here,
        and are taken at their word: beside them stands the count of n-grams.
        """
        known = self._parts
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, self._fresh_parts(fresh).tolist(), strict=True))
        return np.fromiter((known[text] for text in texts), np.float64, len(texts))

    def _fresh_parts(self, texts: Sequence[str]) -> Shares:
        hashes = hash_texts(texts)
        counted = self.sharers("core", texts, hashes=hashes) / max(self.population("handle"), 1)
        by_letters = np.exp2(-self.characters.bits(texts, ended=False))
        self._learn_names(texts)
        named = named_parts(texts, self._names) + self._affix_shares(texts, hashes=hashes)
        return np.clip(counted + by_letters + named, _FLOOR, 1.0)

    def emails(self, forms: Sequence[str]) -> Shares:
        """Share of people with this mailbox.

        A mailbox has one holder, whatever its letters look like: what remains is a mistyped address,
        somebody who registers with another's, and those who were seen to share it.
        """
        return np.clip(self._shared_contacts("email", forms) + _MAILBOX_FLOOR, 0.0, 1.0)

    def phones(self, forms: Sequence[str]) -> Shares:
        """Share of people with this number."""
        counted = self._shared_contacts("phone", forms)
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
        counted = self.sharers("year", years).astype(np.float64)
        return (counted + 1.0) / (self.population("year") + _BIRTH_YEARS)

    def days(self, years: Sequence[str]) -> Shares:
        """Share of people born on a given day of a year."""
        return self.years(years) / DAYS

    def _shared_contacts(self, kind: str, values: Sequence[str]) -> Shares:
        """Share of others with a contact value, small while only a few have it.

        The one or two who share a mailbox or a number in a cohort live under one roof, and say little of
        the people beyond it; what dozens share is nobody's. Up to ten sharers the counted share is
        therefore damped by the fourth power of their part of ten. List and cohort may hold the same few
        people, so that the larger of the two counts is taken.
        """
        sides = self._listed.others(kind, values), self._cohort.others(kind, values)
        sharers = np.maximum(*sides).astype(np.float64)
        damped: Shares = (
            sharers / max(self.population(kind), 1) * np.minimum(sharers / _MANY_SHARERS, 1.0) ** 4
        )
        return damped

    def _expected(self, texts: Sequence[str]) -> Shares:
        """What the character model and the names of people lead one to expect of a handle."""
        by_letters = np.exp2(-TEMPER * self.characters.bits(texts))
        by_names: Shares = by_letters + named_shares(texts, self._names)
        return by_names

    def _learn_names(self, texts: Sequence[str]) -> None:
        """Look up together all that the splitting of a few texts into names may ask for."""
        if len(texts) > _FEW_TEXTS:
            return
        asked = list(dict.fromkeys(stem for text in texts for stem in name_stems(text)))
        hashes = hash_texts(asked)
        for side in (self._listed, self._cohort):
            side.learn("name_word", asked, hashes)

    def _is_name(self, word: str) -> bool:
        return self._listed.has("name_word", word) or self._cohort.has("name_word", word)

    def _name_shares(self, words: Sequence[str]) -> Shares:
        return self.words("name_word", words)

    def _is_affix(self, word: str) -> bool:
        return self._listed.has("affix", word) or self._cohort.has("affix", word)

    def _affix_shares(self, words: Sequence[str], *, hashes: Hashes | None = None) -> Shares:
        """Share of handles with each word at an end, beside other words; 0 if fewer than two others have it."""
        sharers = self.sharers("affix", words, hashes=hashes)
        return np.where(sharers > 1, sharers / max(self.population("handle"), 1), 0.0)
