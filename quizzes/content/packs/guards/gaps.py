"""Every gap of a cloze has a key of its own kind, and every key a gap."""

import re
from collections.abc import Iterator

from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import GAP
from quizzes.content.packs.guards.forms import one_right
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Question
from quizzes.content.packs.shapes.items import Gap
from quizzes.content.packs.shapes.parts import Path

RULE = "gap"
_LINES = re.compile(r"_{3,}")


def faults(contents: Contents) -> Iterator[Fault]:
    """Gaps without a key or with a key of another kind, and keys without a gap."""
    for question in contents.questions:
        if question.kind == "cloze":
            yield from _uncounted(question)
            for index, gap in enumerate(question.gaps):
                yield from _unkeyed((*question.path, "gaps", index), gap)


def _uncounted(question: Question) -> Iterator[Fault]:
    lines = _LINES.findall(question.stem)
    if any(line != GAP for line in lines):
        message = f"A gap is three underscores: {GAP}"
        yield Fault((*question.path, "stem"), RULE, message, "Write so many in each gap")
    if question.gaps and question.accepted:
        message = "Both `gaps` and `accepted` say what fills the gaps"
        yield Fault((*question.path, "accepted"), RULE, message, "Move them into `gaps`")
        return
    shown, keyed = len(lines), len(question.gaps or question.accepted)
    if shown and shown != keyed and (question.gaps or shown > 1 or not keyed):
        count = "1 gap" if shown == 1 else f"{shown} gaps"
        message = f"The stem shows {count}, and {keyed} with a key"
        remedy = "Write `gaps`, one for each in their order"
        yield Fault(
            (*question.path, "gaps" if question.gaps else "accepted"), RULE, message, remedy
        )


def _unkeyed(path: Path, gap: Gap) -> Iterator[Fault]:
    is_chosen = gap.kind == "choice"
    needed, needless = ("options", "accepted") if is_chosen else ("accepted", "options")
    if getattr(gap, needless):
        message = f"A gap of kind {gap.kind} has no `{needless}`"
        yield Fault((*path, needless), RULE, message, "Remove them or change the kind")
    if not getattr(gap, needed):
        yield Fault(path, RULE, "Nothing is right in this gap", f"Add `{needed}`")
    elif is_chosen:
        yield from one_right((*path, "options"), gap.options)
        if len(gap.options) < 2:
            message = "A gap with one option gives no choice"
            yield Fault((*path, "options"), RULE, message, "Add good ones, or ask for a text")
