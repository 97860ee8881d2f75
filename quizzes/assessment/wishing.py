"""Wishing: what a blueprint asks for becomes rules that the bank can meet, place by place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.utils.translation import gettext as _

from quizzes.assessment import blueprints, drawing
from quizzes.assessment.blueprints import Wish
from quizzes.assessment.building import Rule
from quizzes.assessment.models import Quiz, Slot
from quizzes.refusal import Refusal


class NoSuchPlace(Refusal):
    """The book has no section or chapter of that number."""


def rules(quiz: Quiz, wishes: Iterable[Wish]) -> list[Rule]:
    """The rules of these wishes in order; one over several places is spread over them evenly.

    Two queries, and one more a wish. Refuses with `NoSuchPlace`.
    """
    book = quiz.book.topic
    chapters = dict(book.chapters.order_by("number").values_list("number", "pk"))
    numbered = {
        "section": {number: pk for pk, number in book.section_numbers().items()},
        "chapter": chapters,
    }
    return [
        rule
        for wish in wishes
        for rule in _rules(quiz, wish, _places(wish, numbered.get(wish.place, {})))
    ]


def finds(quiz: Quiz, rule: Rule) -> int:
    """How many questions of the bank a rule may draw now; one query."""
    return drawing.bank([_slot(quiz, rule)], with_essays=True).count()


def over(quiz: Quiz, rule: Rule, sections: Sequence[int]) -> list[Rule]:
    """One rule spread evenly over sections, as far as each finds enough; one query."""
    return _spread(quiz, rule, "from_section_id", sections)


def _places(wish: Wish, numbered: dict[int, int]) -> list[int]:
    """The primary keys of the places that a wish names."""
    found = [pk for number, pk in numbered.items() if wish.first <= number <= wish.last]
    if wish.place and not (found and wish.last in numbered):
        said = {
            "section": _("The book has no section %(number)s. Its sections are %(known)s."),
            "chapter": _("The book has no chapter %(number)s. Its chapters are %(known)s."),
        }[wish.place]
        number = wish.last if found else wish.first
        raise NoSuchPlace(said % {"number": number, "known": _told(sorted(numbered))})
    return found


def _told(numbers: Sequence[int]) -> str:
    """Numbers in short, by their ends."""
    ends = sorted({*numbers[:1], *numbers[-1:]})
    return "–".join(map(str, ends)) or _("none")


def _rules(quiz: Quiz, wish: Wish, places: Sequence[int]) -> list[Rule]:
    rule = Rule(wish.count, fact_kind=wish.fact_kind, kind=wish.kind)
    column = "from_chapter_id" if wish.place == "chapter" else "from_section_id"
    return _spread(quiz, rule, column, places) if places else [rule]


def _spread(quiz: Quiz, rule: Rule, column: str, places: Sequence[int]) -> list[Rule]:
    bank = drawing.bank([_slot(quiz, rule)], with_essays=True).order_by()
    where = column.removeprefix("from_")
    found = Counter(bank.values_list(where, flat=True))
    shares = blueprints.spread(rule.count, [found[place] for place in places])
    return [
        Rule(**asdict(rule) | {"count": share, column: place})
        for share, place in zip(shares, places, strict=True)
        if share
    ]


def _slot(quiz: Quiz, rule: Rule) -> Slot:
    return Slot(quiz=quiz, **asdict(rule))
