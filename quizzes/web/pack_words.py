"""What the pages of packs say: what a load changes, and why something stays, in plain sentences."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.content.loading import Fate
from quizzes.content.models import Book, PackCopy
from quizzes.content.packs import Problem
from quizzes.exchange import storing
from quizzes.exchange.exporting import LeftOut, Reason
from quizzes.exchange.records.questions import Doubt
from quizzes.exchange.recounting import FACTS, QUESTIONS, QUIZZES, Change, Outcome
from quizzes.items import differing
from quizzes.items.models import Item
from quizzes.people.models import User

MOST_SHOWN = 200
"""How many changes and problems a page lists; the counts stand above."""

LISTS = {
    FACTS: gettext_lazy("Facts"),
    QUESTIONS: gettext_lazy("Questions"),
    QUIZZES: gettext_lazy("Quizzes"),
}
FATES = {
    Fate.NEW: gettext_lazy("new"),
    Fate.CHANGED: gettext_lazy("changed"),
    Fate.RETURNED: gettext_lazy("returned"),
    Fate.RETIRED: gettext_lazy("retired"),
    Fate.UNCHANGED: gettext_lazy("unchanged"),
}
DOUBTS = {
    Doubt.SHARE: gettext_lazy(
        "One of its options earns a part of the mark. A pack knows right and wrong alone: choose."
    ),
    Doubt.ORDER: gettext_lazy(
        "It puts lines in order that are no facts of the book. Take events of the book as lines."
    ),
    Doubt.FEEDBACK: gettext_lazy(
        "Something is said at a line of its order. Move that into the explanation."
    ),
    Doubt.GAP: gettext_lazy(
        "One of its gaps takes answers of several kinds. Let it take texts, numbers or dates alone."
    ),
    Doubt.PICTURE: gettext_lazy("It shows a picture, and a pack holds none. Take the picture out."),
    Doubt.RECIPE: gettext_lazy(
        "It asks a question made of a fact, which has no words in a pack. Adapt that question and "
        "ask yours, or draw one instead."
    ),
    Doubt.OTHER: gettext_lazy(
        "Read from a pack it would say something else. Write it again as a simpler question."
    ),
}
PARTS: Mapping[str, str | Promise] = {
    "stem": gettext_lazy("the question"),
    "explanation": gettext_lazy("the explanation"),
    "hint": gettext_lazy("the hint"),
    "why": gettext_lazy("what is said when it is chosen"),
    "feedback": gettext_lazy("what is said to an answer"),
    "tests": gettext_lazy("the facts"),
    "tags": gettext_lazy("a tag"),
    "options": gettext_lazy("the options"),
    "pairs": gettext_lazy("the pairs"),
    "left": gettext_lazy("the left side of a pair"),
    "right": gettext_lazy("the right side of a pair"),
    "accepted": gettext_lazy("the accepted answers"),
    "gaps": gettext_lazy("the gaps"),
    "rubric": gettext_lazy("the criteria"),
    "model_answer": gettext_lazy("the model answer"),
    "title": gettext_lazy("the title"),
    "description": gettext_lazy("what to know before"),
    "unit": gettext_lazy("the section"),
    "text": gettext_lazy("the text"),
}
"""The parts of an entry as the editor calls them."""
EMPTY = {
    "explanation": gettext_lazy("It has no explanation. Write one: it is shown with the answer."),
    "tests": gettext_lazy(
        "It is written from no fact. Search the book's facts in its editor, and choose one."
    ),
    "blueprint": gettext_lazy("It asks nothing. Add a question or a draw."),
}
REMEDIES = {
    "why": gettext_lazy("Write beside each wrong option what is said when it is chosen."),
    "rubric": gettext_lazy("Write criteria: what a marker looks for, each with its weight."),
    "stance-unframed": gettext_lazy("Say in the question whose view it is: “According to …”."),
    "holder": gettext_lazy("Name somebody who holds a view that the question is about."),
    "vocabulary": gettext_lazy("Leave it out, or use a name that the book has."),
    "order": gettext_lazy("Leave one of the two out, or put both at the same place."),
    "tell": gettext_lazy("Say in the explanation what tells the two apart."),
    "population": gettext_lazy("Say in the question what it is that the number counts."),
    "blueprint": gettext_lazy("Change that place in the outline of the quiz."),
}
"""What to do in the browser, by rule, where the rule itself advises people who write files."""

_NAMED = re.compile(r"`([^`]+)`")
_TOO_LITTLE = ("missing", "string_too_short", "too_short")

type Names = Mapping[str, str]
"""What facts, questions and quizzes are called, by slug."""


def names(book: Book, user: User) -> Names:
    """What there is on a book, for its reader; two queries."""
    mine = Item.objects.owned_by(user).filter(Q(book=book) | Q(book__about=book))
    facts = dict(book.facts.values_list("slug", "label"))
    return facts | {item.slug: item.short for item in mine.select_related("revision")}


def left_out(one: LeftOut, names: Names) -> Mapping[str, Any]:
    """What stays here, and for each reason what to do about it."""
    is_item = isinstance(one.row, Item)
    return {
        "uid": one.row.uid,
        "is_item": is_item,
        "title": one.row.short if isinstance(one.row, Item) else one.row.title,
        "reasons": reasons(one, names),
    }


def reasons(one: LeftOut, names: Names) -> list[str]:
    """Why something stays, and what to do about it; each reason once."""
    said = [DOUBTS[one.doubt]] if one.doubt else [_said(reason, names) for reason in one.reasons]
    return list(dict.fromkeys(map(str, said)))


def told(outcome: Outcome, copy: PackCopy) -> dict[str, Any]:
    """An outcome for the page."""
    counts = Counter((change.of, change.fate) for change in outcome.changes)
    rows = [
        (
            name,
            [counts[of, fate] for fate in FATES if fate is not Fate.UNCHANGED]
            + [outcome.unchanged.get(of, 0)],
        )
        for of, name in LISTS.items()
        if of in outcome.unchanged or any(change.of == of for change in outcome.changes)
    ]
    generated = [(count, FATES[Fate(fate)]) for fate, count in outcome.generated.items()]
    return {
        "fates": list(FATES.values()),
        "counts": rows,
        "changes": [_change(one) for one in outcome.changes[:MOST_SHOWN]],
        "unshown": max(0, len(outcome.changes) - MOST_SHOWN),
        "generated": generated,
        "notes": outcome.notes,
        "problems": _problems(outcome.problems[:MOST_SHOWN], copy),
        "problem_count": len(outcome.problems),
    }


def _problems(problems: tuple[Problem, ...], copy: PackCopy) -> list[tuple[Problem, str]]:
    """Each with the words of the entry in which it lies."""
    words = storing.words_at(storing.files(copy), problems) if problems else {}
    return [(one, words.get((one.file, one.line), "")) for one in problems]


def _change(change: Change) -> Mapping[str, Any]:
    """One change: with both sides word by word, with one of them as it is."""
    is_compared = bool(change.before and change.after) and change.fate is not Fate.NEW
    return {
        "of": LISTS[change.of],
        "fate": FATES[change.fate],
        "slug": change.slug,
        "name": change.name,
        "is_substantive": change.is_substantive,
        "pieces": differing.pieces(change.before, change.after) if is_compared else [],
        "text": change.after or change.before,
    }


def _said(reason: Reason, names: Names) -> str:
    """What is the matter, and what to do, as sentences."""
    if not reason.remedy:
        return _misshapen(reason)
    if reason.rule == "reference":
        return _unknown(reason, names)
    advice = REMEDIES.get(reason.rule) or _plain(reason.remedy, names)
    if "`" in str(advice):
        advice = _("Mend it in its editor.")
    place = _place(reason)
    return f"{place}{_sentence(_plain(reason.message, names))} {_sentence(str(advice))}"


def _misshapen(reason: Reason) -> str:
    """Of what has not the shape of a pack's entry: a part is missing, or too long."""
    parts = [step for step in reason.where if isinstance(step, str)]
    part = parts[-1] if parts else ""
    if reason.rule in _TOO_LITTLE and part in EMPTY:
        return str(EMPTY[part])
    said = {"place": _place(reason), "part": PARTS.get(part, part), "most": f"{reason.most or 0:,}"}
    if reason.rule in _TOO_LITTLE:
        return (
            _("%(place)sNothing stands where %(part)s belongs. Write it, or leave it out.") % said
        )
    if reason.most:
        return _("%(place)sMore than %(most)s characters in %(part)s. Shorten it.") % said
    return _("%(place)sA pack cannot say %(part)s so. Write it in another way.") % said


def _unknown(reason: Reason, names: Names) -> str:
    """Of what names something that does not go out with it."""
    [slug, *_more] = _NAMED.findall(reason.message) or [""]
    if "item" in reason.where:
        return _(
            "It asks “%(question)s”, which stays here. Mend that one, or take it out of the quiz."
        ) % {"question": names.get(slug, slug)}
    return _(
        "It names “%(name)s”, which the book's pack does not state. Choose what it states."
    ) % {"name": names.get(slug, slug)}


def _place(reason: Reason) -> str:
    """Which option, pair or gap it is, where there are several."""
    words = {"options": _("Option"), "pairs": _("Pair"), "gaps": _("Gap"), "accepted": _("Answer")}
    match reason.where:
        case [str(part), int(index), *_rest] if part in words:
            return f"{words[part]} {index + 1}: "
        case _:
            return ""


def _plain(text: str, names: Names) -> str:
    """A rule's words with what slugs name, and with the parts as the editor calls them."""

    def word(found: re.Match[str]) -> str:
        slug = found[1]
        if slug in names:
            return f"“{names[slug]}”"
        return str(PARTS[slug]) if slug in PARTS else found[0]

    return _NAMED.sub(word, text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."
