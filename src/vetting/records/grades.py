"""Source grades in their native schemes, and what each letter and digit says in words.

Two independent judgements, of the source and of the information. A grade is kept as its author gave it:
the crosswalks between schemes lose meaning, so nothing here converts one into another.

Source: UK 3x5x2 intelligence report; UK 5x5x5 (HMRC manual MLR3C14000); Admiralty code, NATO AJP-2.1.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

__all__ = ["GRADE_SCHEMES", "GradeScheme"]


@frozen(kw_only=True)
class GradeScheme:
    """One scheme of grading.

    Attributes:
        name: As a passport's ``grade_scheme`` has it.
        title: For people.
        source: What the first character says of the source.
        information: What the second character says of the information.
    """

    name: str
    title: str
    source: Mapping[str, str]
    information: Mapping[str, str]

    @property
    def pattern(self) -> str:
        """The grades it knows, as an error message shows them: ``"[1-3][A-E]"``."""
        first, second = list(self.source), list(self.information)
        return f"[{first[0]}-{first[-1]}][{second[0]}-{second[-1]}]"

    def knows(self, grade: str) -> bool:
        """Whether a grade is one of this scheme.

        Example:
            >>> GRADE_SCHEMES["3x5x2"].knows("2D"), GRADE_SCHEMES["admiralty"].knows("2D")
            (True, False)
        """
        return len(grade) == 2 and grade[0] in self.source and grade[1] in self.information

    def meaning(self, grade: str) -> str:
        """Say a grade in words.

        Args:
            grade: A grade that this scheme knows.

        Returns:
            One sentence, with the native grade first.

        Raises:
            KeyError: The scheme does not know the grade.

        Example:
            >>> GRADE_SCHEMES["admiralty"].meaning("F6")
            'F6 (Admiralty): the reliability of the source cannot be judged; the truth of the information cannot be judged.'
        """
        return f"{grade} ({self.title}): {self.source[grade[0]]}; {self.information[grade[1]]}."


GRADE_SCHEMES: dict[str, GradeScheme] = {
    scheme.name: scheme
    for scheme in (
        GradeScheme(
            name="3x5x2",
            title="UK 3x5x2",
            source={
                "1": "the source is reliable",
                "2": "the source is untested",
                "3": "the source is not reliable",
            },
            information={
                "A": "the information is known directly to the source",
                "B": "the information is known indirectly to the source but corroborated",
                "C": "the information is known indirectly to the source",
                "D": "how the source knows the information is not known",
                "E": "the information is suspected to be false",
            },
        ),
        GradeScheme(
            name="5x5x5",
            title="UK 5x5x5",
            source={
                "A": "the source is always reliable",
                "B": "the source is mostly reliable",
                "C": "the source is sometimes reliable",
                "D": "the source is unreliable",
                "E": "the source is untested",
            },
            information={
                "1": "the information is known to be true without reservation",
                "2": "the information is known personally to the source but not to the officer",
                "3": "the information is not personally known to the source but corroborated",
                "4": "the information cannot be judged",
                "5": "the information is suspected to be false or malicious",
            },
        ),
        GradeScheme(
            name="admiralty",
            title="Admiralty",
            source={
                "A": "the source is completely reliable",
                "B": "the source is usually reliable",
                "C": "the source is fairly reliable",
                "D": "the source is not usually reliable",
                "E": "the source is unreliable",
                "F": "the reliability of the source cannot be judged",
            },
            information={
                "1": "the information is confirmed by other sources",
                "2": "the information is probably true",
                "3": "the information is possibly true",
                "4": "the information is doubtful",
                "5": "the information is improbable",
                "6": "the truth of the information cannot be judged",
            },
        ),
    )
}
