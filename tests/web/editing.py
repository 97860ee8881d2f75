"""The editor's form, filled and sent as a browser does."""

from typing import Any

from django.test import Client
from django.urls import reverse

from quizzes.content.models import Book
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item

RIGHT, WRONG = str(FULL_FRACTION), "0"
type Typed = dict[str, str | list[str]]


def options(*texts: str, rights: tuple[int, ...] = (0,)) -> Typed:
    return {
        "option-text": list(texts),
        "option-share": [RIGHT if n in rights else WRONG for n in range(len(texts))],
        "option-feedback": ["" if n in rights else f"Not {t}." for n, t in enumerate(texts)],
    }


WRITTEN: dict[str, Typed] = {
    "single": options("Reyes", "Malloy", "Quist", "Dunn", rights=(1,)),
    "several": options("Malloy", "Reyes", "Quist", "Dunn", rights=(0, 2)),
    "true_false": options("True", "False", rights=(1,)),
    "classify": options("A charge", "A claim", "A fact", "A question", rights=(1,)),
    "short_text": {"answer-said": ["Fel'dman", "Feldmann"], "answer-share": [RIGHT, RIGHT]},
    "number": {
        "answer-said": ["35,000"],
        "answer-bound": ["about"],
        "answer-tolerance": ["500"],
        "answer-share": [RIGHT],
    },
    "date": {"answer-said": ["early 1938"], "answer-share": [RIGHT]},
    "matching": {
        "pair-left": ["One", "Two", "Three"],
        "pair-right": ["Uno", "Dos", "Tres"],
        "spare-text": ["Cuatro"],
    },
    "ordering": {
        "line-text": ["First", "Second", "Beside the second", "Last"],
        "line-level": ["", "", "level", ""],
    },
    "cloze": {
        "stem": "___ was one of ___ shot in ___ for ___.",
        "gap-kind": ["text", "number", "date", "choice"],
        "answer-said": ["Fel'dman", "35000", "early 1938"],
        "answer-share": [RIGHT, RIGHT, RIGHT],
        "answer-gap": ["0", "1", "2"],
        "option-text": ["spying", "theft", "treason"],
        "option-share": [WRONG, WRONG, RIGHT],
        "option-gap": ["3", "3", "3"],
    },
    "essay": {
        "answer": "The plot was *made up*.",
        "criterion-text": ["Names the plot", "Says who made it up"],
        "criterion-weight": ["1", "2"],
    },
}
"""What is typed of a question of each kind."""


def typed(book: Book, kind: str = "single", **others: Any) -> Typed:
    """A whole form as a browser sends it."""
    chapter = book.chapters.order_by("number").first()
    assert chapter
    begun: Typed = {
        "kind": kind,
        "stem": f"Which of {kind}?",
        "explanation": "Because the book says so.",
        "hint": "Think.",
        "chapter": chapter.slug,
        "skill": "recall",
        "difficulty": "2",
        "tags": "strike, exam",
        "state": "ready",
        "action": "save",
    }
    return begun | WRITTEN[kind] | others


def shown(html_form: Any) -> Typed:
    """What a page's form would send if nothing were typed into it: from the response's context."""
    data = html_form.data
    return {name: data.getlist(name) for name in data}


def write(client: Client, book: Book, kind: str = "single", **others: Any) -> Item:
    """A question that was written in the form."""
    answer = client.post(reverse("new-item", args=[book.slug]), typed(book, kind, **others))
    assert answer.status_code == 302, answer.context["form"].errors
    return Item.objects.order_by("-pk")[0]
