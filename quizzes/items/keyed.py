"""What an authored question's key comes to, and that there is none."""

from dataclasses import dataclass

from quizzes.items.wordings import AnswerWording, CriterionWording, OptionWording, Precedes


class NotMarkableError(Exception):
    """No mark could be given by this question's key; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """The answer in words, and what decides the mark.

    `answer_html` shows the answer better than its words could; else it is made of them.
    """

    answer: str
    answer_html: str = ""
    options: tuple[OptionWording, ...] = ()
    accepted: tuple[AnswerWording, ...] = ()
    precedes: frozenset[Precedes] = frozenset()
    criteria: tuple[CriterionWording, ...] = ()
