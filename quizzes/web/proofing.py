"""Proofs: a question that has no row yet, exactly as an attempt would show it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.sheets import GapKind, Question
from quizzes.cards.spacing import draw
from quizzes.items.compositions import CHOICES, Composition
from quizzes.items.models import Revision
from quizzes.items.wordings import OptionWording, Wording
from quizzes.web.asking import Asked
from quizzes.web.filling import filling

Kind = Revision.Kind
MINUTES, FACTOR = 30, "1.5"


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as it could stand beside the question."""

    left: str = "45:00"
    factor: str = FACTOR


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said with the result to who answers so; `field` and `value` are what they chose."""

    answer: str
    said: str
    field: str = ""
    value: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """The question, what is said of answers to it, and how it is to be looked at."""

    question: Asked
    sayings: list[Saying]
    theme: str
    is_phone: bool
    clock: Clock | None


def proof(wording: Wording, one: Composition, looks: list[str]) -> Proof:
    """A typeset question as a student could get it; nothing is read or saved."""
    themes = [look for look in looks if look in ("light", "dark")]
    question = asked(wording, one)
    return Proof(
        question=question,
        sayings=list(_sayings(wording, question.question)),
        theme=themes[-1] if themes else "",
        is_phone="phone" in looks,
        clock=Clock() if "time" in looks else None,
    )


def asked(wording: Wording, one: Composition) -> Asked:
    """A question that is not served to anybody."""
    revision = Revision(
        kind=wording.kind,
        stem=wording.stem,
        stem_html=wording.stem_html,
        is_shuffled=wording.is_shuffled,
        is_case_exact=wording.is_case_exact,
        is_accent_exact=wording.is_accent_exact,
    )
    texts = defaultdict[int, list[str]](list)
    for option in wording.options:
        texts[option.part].append(option.text)
    parts = [texts[part] for part in range(_parts(one))]
    shown = ";".join(",".join(map(str, _order(wording, n, len(p)))) for n, p in enumerate(parts))
    served = Served(attempt=Attempt(), position=1, revision=revision, order_shown=shown)
    question = Question(served, None, 0)
    gaps = [GapKind(one.typing(gap)) for gap in range(one.gap_count)]
    filled = filling(question, {}, parts, gaps)
    return Asked(question=question, filling=filled, part="", sequence=0, is_sure=None)


def _sayings(wording: Wording, question: Question) -> Iterator[Saying]:
    parts = defaultdict[int, list[OptionWording]](list)
    for option in wording.options:
        parts[option.part].append(option)
    for part, options in parts.items():
        field = f"answer_{question.position}" + f"_{part}" * (wording.kind == Kind.CLOZE)
        is_chosen = wording.kind in (*CHOICES, Kind.CLOZE)
        for place, own in enumerate(question.served.orders[part]):
            if said := options[own].feedback:
                yield Saying(options[own].text, said, field if is_chosen else "", place)
    yield from (Saying(one.text, one.feedback) for one in wording.accepted if one.feedback)


def _parts(one: Composition) -> int:
    return 2 if one.kind == Kind.MATCHING else max(1, one.gap_count)


def _order(wording: Wording, part: int, places: int) -> list[int]:
    """One order of a part's options, always the same one while somebody writes."""
    is_mixed = wording.kind == Kind.ORDERING or (
        part == 1 if wording.kind == Kind.MATCHING else wording.is_shuffled
    )
    if not is_mixed:
        return list(range(places))
    return sorted(range(places), key=lambda place: draw("proof", part, place))
