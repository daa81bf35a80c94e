"""m probabilities and widenings: the documented table from which levels get their bits.

For every rule of every comparer:

* ``m``: P(the comparison ends here | same person), over people who have a value on both sides. The rules
  of one comparer add up to about 1. These are judgements, not fits, and are written down to be argued
  with: accounts on forums carry other contact details than a job application, and false birth dates.
* ``wider``: how many times likelier a chance agreement of this kind is than agreement on the shared text
  itself, in bits: one edit in a text of n characters admits about 37 n texts.

``u``, P(the comparison ends here | two people), is not in the table: it is the share of the shared text in
the population (:class:`vetting.evidence.rarity.Rarity`), widened. A contradiction has u near 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

__all__ = ["WEIGHTS", "RuleWeight", "Weights"]


@frozen
class RuleWeight:
    """What a rule is worth beside the rarity of what is shared.

    Attributes:
        m: P(this outcome | same person).
        wider: Bits by which chance agreement is likelier than on the shared text itself.
        at_most: Upper limit of the bits; ``None`` for none.
    """

    m: float
    wider: float = 0.0
    at_most: float | None = None


Weights = Mapping[str, Mapping[str, RuleWeight]]
"""Evidence kind -> rule -> what it is worth."""

WEIGHTS: Weights = {
    "name": {
        "different": RuleWeight(0.04),
        "partly": RuleWeight(0.10),
        "same": RuleWeight(0.55),
        "variant": RuleWeight(0.10),
        # How often two people's names have such a shape at all is part of u: that one has a further word
        # (three in ten), a name in one piece (one in sixteen), an initial (one in sixteen), a single name.
        "extra": RuleWeight(0.15, wider=-1.7),
        "joined": RuleWeight(0.01, wider=-4.0),
        "initial": RuleWeight(0.03, wider=-4.0),
        "single": RuleWeight(0.03, wider=-4.0),
    },
    # Handles that agree, but not exactly, get their bits from the fitted model (evidence/handle_model.py);
    # their m are shares seen in public handles, and stand here for the sum.
    "handle": {
        "different": RuleWeight(0.40),
        "same": RuleWeight(0.24),
        "separators": RuleWeight(0.06),
        "digits_added": RuleWeight(0.06),
        "reordered": RuleWeight(0.01),
        "one_edit": RuleWeight(0.03),
        "other_digits": RuleWeight(0.02),
        "contained": RuleWeight(0.08),
        "two_edits": RuleWeight(0.01),
        "shared_most": RuleWeight(0.03),
        "shared_part": RuleWeight(0.05),
        "evened": RuleWeight(0.01, wider=4.0),  # some sixteen ways to disguise a text
    },
    "email": {
        "different": RuleWeight(0.45),
        "same": RuleWeight(0.45),
        "domain_typo": RuleWeight(0.01, wider=-2.0),
        "local_typo": RuleWeight(0.01, wider=9.0),
        "other_domain": RuleWeight(0.08),
    },
    "phone": {
        "different": RuleWeight(0.50),
        "same": RuleWeight(0.45),
        "national": RuleWeight(0.04, wider=2.0),
        "one_digit": RuleWeight(0.01, wider=6.5, at_most=8.0),
    },
    "date_of_birth": {
        "different": RuleWeight(0.08),
        "same_day": RuleWeight(0.80),
        "one_reading": RuleWeight(0.80, wider=1.0),
        "swapped": RuleWeight(0.03),
        "one_digit": RuleWeight(0.05, wider=4.3),
        "same_month": RuleWeight(0.90, wider=4.9),  # 30 days
        "birthday": RuleWeight(0.90),
        # Where one side has the year alone: same_year to years_near, and different. Such years are often
        # reckoned from an age, which is off by one half the time, or are a guess.
        "same_year": RuleWeight(0.70, wider=8.5),  # 365 days
        "year_apart": RuleWeight(0.14, wider=9.5),  # two years of 365 days
        "two_years_apart": RuleWeight(0.05, wider=9.5),
        "years_near": RuleWeight(0.05, wider=10.5, at_most=0.0),  # as likely for two people
        "other_year": RuleWeight(0.01),
        "near": RuleWeight(0.04, wider=14.5, at_most=0.0),  # about as likely for two people
        # A slip within the year, 1 in 30 at most, against two people of one year, 1 in 60 to 1 in 30: as the
        # u of a contradiction is taken as 1, m is here the quotient.
        "same_year_other_day": RuleWeight(0.50),
        "says_nothing": RuleWeight(1.0, at_most=0.0),
    },
    "place": {
        "different": RuleWeight(0.60),
        "address": RuleWeight(0.20),
        "postcode": RuleWeight(0.20),
        "says_nothing": RuleWeight(1.0, at_most=0.0),
        "word": RuleWeight(0.35, wider=1.0),
        "words": RuleWeight(0.15),
    },
    "url": {
        "different": RuleWeight(0.90),
        "same": RuleWeight(0.10),
    },
    "name_in_handle": {
        "none": RuleWeight(1.0, at_most=0.0),
        "given+family": RuleWeight(0.08),
        "family+given": RuleWeight(0.01),
        "all names": RuleWeight(0.01),
        "initial+family": RuleWeight(0.04),
        "family+initial": RuleWeight(0.01),
        "given+initial": RuleWeight(0.03),
        "initials+family": RuleWeight(0.01),
        "holds both": RuleWeight(0.10),
        "holds initial+family": RuleWeight(0.04),
        "holds family": RuleWeight(0.08),
        "holds given": RuleWeight(0.08),
    },
}
