"""What the page on marking says of numbers is what happens."""

import re

import pytest

from quizzes.assessment import marking
from quizzes.assessment.answering import Typed
from quizzes.assessment.grading import grade
from quizzes.assessment.typed_numbers import read
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Revision
from tests.examining import make_item

pytestmark = pytest.mark.django_db

ROW = re.compile(r"^\| ([^|]*\d[^|]*) \| ([^|]*\d[^|]*) \| (yes|no) \|$", re.MULTILINE)


def test_every_row_on_numbers_is_true(book, root):
    item = make_item(book, "count", "number")
    rows = ROW.findall((root / "docs" / "grading.md").read_text())
    assert len(rows) > 10

    for book_says, typed, verdict in rows:
        said = read(book_says)
        assert said is not None
        AcceptedAnswer.objects.update(text=book_says, number=said.value)
        [key] = marking.keys({item.revision_id or 0: Revision.Kind.NUMBER}).values()
        is_right = grade(key, Typed(typed)).fraction == FULL_FRACTION
        assert is_right == (verdict == "yes"), (book_says, typed)


def test_every_kind_of_question_has_its_row(root):
    told = (root / "docs" / "grading.md").read_text()

    kinds = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", told, re.MULTILINE)

    named = {name for kind in kinds for name in kind.split(", ")}
    shorter = {"classify the claim": "classify", "short essay": "essay"}
    assert {shorter.get(label, label) for label in map(str, Revision.Kind.labels)} <= named
