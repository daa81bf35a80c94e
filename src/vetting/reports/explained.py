"""From scored pairs of one list to explained candidates, with what surrounds each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.evidence.assembly import evidence_of
from vetting.evidence.chance import less_probable
from vetting.evidence.closeness import told_closeness
from vetting.evidence.explanation import CandidateContext, innocent_explanations
from vetting.evidence.profile_links import limited_links, rests_on_link
from vetting.evidence.rarity import Rarity
from vetting.evidence.results import Candidate
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS
from vetting.evidence.surfacing import SURFACING_REASONS, Surfacing
from vetting.evidence.weights import Weights
from vetting.normalise.cohort import Cohort
from vetting.records.identifiers import IdentifierKind
from vetting.records.people import Applicant
from vetting.store.shard import Shard

__all__ = ["Explainer"]

_BY_LINK = "the account's profile links to what the applicant gave"


@frozen(eq=False, kw_only=True)
class Explainer:
    """Explains pairs of applicants and a list's accounts.

    Attributes:
        people: The applicants, by row.
        cohort: The same with their values.
        shard: The list.
        rarity: Shares in the population of both.
        weights: The table in use.
    """

    people: Sequence[Applicant]
    cohort: Cohort
    shard: Shard
    rarity: Rarity
    weights: Weights

    def candidates(
        self,
        scores: PairScores,
        shown: npt.NDArray[np.bool_],
        probability: npt.NDArray[np.float64],
        chosen: Surfacing,
    ) -> tuple[Candidate, ...]:
        """Explain some pairs.

        Args:
            scores: All pairs.
            shown: Shape (n,): which of them.
            probability: Shape (n,).
            chosen: What the policy says of each.

        Returns:
            In the order of the pairs; ``expected_coincidences`` are infinite until decoys have been screened.
        """
        reasons = chosen.reasons()
        found = []
        for row in np.flatnonzero(shown).tolist():
            account = int(scores.right_rows[row])
            person = self.people[scores.left_rows[row]]
            held = person.identifiers(), self.shard.account(account).identifiers()
            evidence = evidence_of(
                scores, row, self.cohort.identifiers.__getitem__, self.shard.identifier, held
            )
            evidence = told_closeness(evidence, self.rarity, self.shard.size, self.weights)
            evidence, less = limited_links(evidence, self.shard.size)
            by_handle = reasons[row] == SURFACING_REASONS[3]
            found.append(
                Candidate(
                    applicant_id=person.id,
                    list_id=self.shard.list_id,
                    account_id=self.shard.account_id(account),
                    evidence=evidence,
                    probability=less_probable(float(probability[row]), less),
                    surfaced=bool(chosen.surfaced[row]),
                    surfaced_because=_BY_LINK if by_handle and rests_on_link(evidence) else reasons[row],
                    expected_coincidences=np.inf,
                    innocent_explanations=innocent_explanations(evidence, self._context(scores, row)),
                    record=self.shard.account_record(account),
                )
            )
        return tuple(found)

    def _context(self, scores: PairScores, pair: int) -> CandidateContext:
        """What surrounds a pair and bears on its innocent explanations."""
        applicants = accounts = 0
        for place in scores.rows_of(pair):
            kind = EVIDENCE_KINDS[scores.rows.kind[place]]
            if scores.rows.bits[place] <= 0:
                continue
            if kind in {"email", "phone", "place"}:
                sharing = self.cohort.sharing(int(scores.rows.left[place]), IdentifierKind(kind))
                applicants = max(applicants, sharing)
            elif kind == "handle":
                accounts = max(accounts, int(scores.rows.sharers[place]))
        return CandidateContext(
            applicants_sharing=applicants,
            accounts_sharing=accounts,
            emails_confirmed=self.shard.passport.emails_confirmed,
            contamination=self.shard.passport.contamination,
        )
