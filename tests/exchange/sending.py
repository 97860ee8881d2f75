"""A pack to send, and all that a load may change."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from quizzes.assessment.models import Quiz
from quizzes.content.models import Book, Fact
from quizzes.exchange import exporting
from quizzes.items.models import Item, ItemFact, Key, OptionKey, Tag

SMALL_PACK = Path(__file__).parents[1] / "content" / "small_pack"
QUESTION = """
- slug: q-new
  kind: true_false
  unit: the-storm
  tests: [storm]
  skill: recall
  stem: The great storm came in June.
  options:
  - {text: 'True', correct: true}
  - {text: 'False', correct: false}
  explanation: It was on 11 June 1901.
"""
QUESTIONS = f"questions:{QUESTION}"


def load_small_pack() -> Book:
    """The site's book of the small pack."""
    call_command("load_pack", SMALL_PACK, stdout=StringIO(), stderr=StringIO())
    return Book.objects.get(slug="gull-point")


def exported(book, author):
    found = exporting.export(book, author)
    assert found is not None
    return dict(found.files)


def everything():
    """All rows that say what is asked and how, without keys of revisions that came and went."""
    models = (Item, ItemFact, Tag, Fact, Quiz)
    rows = {m.__name__: list(m._default_manager.order_by("pk").values()) for m in models}
    for row in rows["Item"]:
        row.pop("revision_id")
    return rows


def in_force(book):
    """The wording in force of each question that may be asked."""
    items = Item.objects.filter(book=book).exclude(state="retired").order_by("slug")
    return [
        (
            item.slug,
            item.revision.stem,
            *Key.objects.filter(revision=item.revision).values_list("answer", "rationale"),
            list(
                OptionKey.objects.filter(option__revision=item.revision)
                .order_by("option__part", "option__position")
                .values_list("option__text", "fraction", "feedback")
            ),
        )
        for item in items.select_related("revision")
        if item.revision
    ]
