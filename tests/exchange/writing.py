"""Questions as an author writes them in the browser: wordings of all kinds on the small pack."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from quizzes.content.models import Book, Fact, Section
from quizzes.items.banking import bank
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.items.wordings import (
    AnswerWording,
    CriterionWording,
    Entry,
    OptionWording,
    Wording,
)
from quizzes.people.models import User

FULL: dict[str, Any] = {"fraction": FULL_FRACTION}


def option(text: str, why: str = "", **told: Any) -> OptionWording:
    return OptionWording(text=text, feedback=why, **told)


OWN: dict[str, dict[str, Any]] = {
    "q-00000001": {
        "tests": ["storm"],
        "tags": ("night", "people"),
        "wording": Wording(
            kind="single",
            stem="Who kept the **lamp** in the storm?\n\nName one.",
            answer="Ada Morn",
            rationale="Ada Morn kept it (p. 3).",
            hint="She was no pilot.",
            options=(
                option("Sam Pike", "he was a pilot"),
                option("Ada Morn", **FULL),
                option("Tom Reed", "He wrote about it later."),
            ),
        ),
    },
    "q-00000002": {
        "tests": ["strike", "petition"],
        "skill": "distinguish",
        "difficulty": 3,
        "wording": Wording(
            kind="several",
            stem="What came in summer 1902?",
            answer="The pilots' strike; The petition",
            rationale="Both fall into that summer.",
            options=(
                option("The pilots' strike", fraction=FULL_FRACTION // 2),
                option("The petition", fraction=FULL_FRACTION // 2),
                option("The great storm", "That was a year before."),
                option("The inquiry", "It followed the storm."),
            ),
        ),
    },
    "q-00000003": {
        "tests": ["sleeping-keeper"],
        "skill": "evaluate",
        "wording": Wording(
            kind="true_false",
            stem="According to the Harbor Board, the keeper slept.",
            answer="True",
            rationale="So the Harbor Board alleged.",
            is_shuffled=False,
            options=(option("True", **FULL), option("False")),
        ),
    },
    "q-00000004": {
        "tests": ["morn"],
        "state": "draft",
        "wording": Wording(
            kind="short_text",
            stem="Who kept the lamp?",
            answer="Ada Morn",
            rationale="It was Ada Morn.",
            is_accent_exact=True,
            accepted=(
                AnswerWording(text="Ada Morn"),
                AnswerWording(text="Morn", fraction=5_000_000, feedback="Which of the two?"),
            ),
        ),
    },
    "q-00000005": {
        "tests": ["lamps-dark"],
        "wording": Wording(
            kind="number",
            stem="How many lamps were put out by order?",
            answer="At least 1,200",
            rationale="At least 1,200 lamps.",
            accepted=(
                AnswerWording(
                    text="at least 1,200",
                    number=Decimal(1200),
                    bound="at_least",
                    tolerance=Decimal("0.5"),
                ),
            ),
        ),
    },
    "q-00000006": {
        "tests": ["strike"],
        "wording": Wording(
            kind="date",
            stem="When did the pilots strike?",
            answer="Summer 1902",
            rationale="The book says only the season.",
            accepted=(
                AnswerWording(
                    text="summer 1902",
                    precision="season",
                    not_before=date(1902, 6, 1),
                    not_after=date(1902, 8, 31),
                ),
            ),
        ),
    },
    "q-00000007": {
        "tests": ["morn", "reed", "hale"],
        "wording": Wording(
            kind="matching",
            stem="Who was what?",
            answer="Ada Morn – keeper; Tom Reed – historian; Vera Hale – archivist",
            rationale="Only one of them was there.",
            options=(
                option("Ada Morn", match=1),
                option("Tom Reed", "He wrote.", match=2),
                option("Vera Hale", match=0),
                option("archivist", part=1),
                option("keeper", part=1),
                option("historian", part=1),
                option("pilot", "None of them.", part=1),
            ),
        ),
    },
    "q-00000008": {
        "tests": ["storm", "inquiry", "petition", "closure"],
        "skill": "order",
        "wording": Wording(
            kind="ordering",
            stem="Put these in order.",
            answer="The great storm → The inquiry → The petition → The closing of the tower",
            rationale="The inquiry followed within days.",
            options=(
                option("The great storm", rank=0),
                option("The inquiry", rank=1),
                option("The petition", rank=2),
                option("The closing of the tower", rank=3),
            ),
        ),
        "orders": ["storm", "inquiry", "petition", "closure"],
    },
    "q-00000009": {
        "tests": ["dark-hour", "strike"],
        "wording": Wording(
            kind="cloze",
            stem="The ___ was not in ___, and ___ kept the lamp.",
            answer="dark hour; summer 1902; Ada Morn",
            rationale="So the author calls it.",
            is_case_exact=True,
            options=(
                option("Ada Morn", part=2, **FULL),
                option("Sam Pike", "A pilot.", part=2),
            ),
            accepted=(
                AnswerWording(text="dark hour"),
                AnswerWording(
                    text="summer 1902",
                    part=1,
                    precision="season",
                    not_before=date(1902, 6, 1),
                    not_after=date(1902, 8, 31),
                ),
            ),
        ),
    },
    "q-0000000a": {
        "tests": ["sleeping-keeper"],
        "state": "retired",
        "wording": Wording(
            kind="classify",
            stem="The keeper slept.",
            answer="An official charge",
            rationale="It was the charge at the inquiry.",
            is_shuffled=False,
            options=(
                option("An official charge", **FULL),
                option("An established fact", "nobody proved it"),
                option("The author's own claim", "The author rejects it."),
            ),
        ),
    },
    "q-0000000b": {
        "tests": ["empty-oil"],
        "skill": "explain",
        "wording": Wording(
            kind="essay",
            stem="Why did the lamp go dark?",
            answer="Nobody had bought oil.",
            rationale="The ledger lists no oil (p. 7).",
            criteria=(
                CriterionWording(text="Names the want of oil", weight=2),
                CriterionWording(text="Tells the charge from the finding"),
            ),
        ),
    },
}
"""What to write, by slug; `orders` names the facts that options stand for."""


def write(
    book: Book,
    slug: str,
    at: datetime,
    author: User,
    *,
    wording: Wording,
    tests: Sequence[str],
    orders: Sequence[str] = (),
    **columns: Any,
) -> Item:
    """A question of the author's own, written in the browser."""
    about = book.about or book
    facts = {fact.slug: fact for fact in Fact.objects.filter(book=about)}
    if orders:
        named = zip(wording.options, orders, strict=True)
        options = tuple(one_of(one, facts[name].pk) for one, name in named)
        wording = replaced(wording, options)
    first = facts[tests[0]]
    entry = Entry(
        slug=slug,
        wording=wording,
        section=Section.objects.get(book=about, slug=first.section.slug).pk,
        chapter=first.chapter_id,
        position=Item.objects.filter(book=book).count(),
        facts=tuple(facts[name].pk for name in tests),
        is_card=False,
        **columns,
    )
    bank(book, Item.Origin.AUTHORED, [entry], at, author=author, is_whole=False)
    return Item.objects.get(book=book, slug=slug)


def one_of(one: OptionWording, fact: int) -> OptionWording:
    return OptionWording(text=one.text, rank=one.rank, fact=fact)


def replaced(wording: Wording, options: tuple[OptionWording, ...]) -> Wording:
    return Wording(
        kind=wording.kind,
        stem=wording.stem,
        answer=wording.answer,
        rationale=wording.rationale,
        options=options,
    )


def zipped(files: dict[str, str | bytes], folder: str = "pack/") -> bytes:
    """A zip as any program makes it."""
    archive = BytesIO()
    with ZipFile(archive, "w") as out:
        for name, text in files.items():
            out.writestr(f"{folder}{name}", text)
    return archive.getvalue()
