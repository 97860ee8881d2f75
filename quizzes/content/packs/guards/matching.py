"""What belongs to nothing on the left is no right side of a pair."""

from collections.abc import Iterator

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Question


def faults(contents: Contents) -> Iterator[Fault]:
    """Distractors that are right for something, stand there twice or do not say why."""
    for question in contents.questions:
        if question.kind == "matching":
            yield from _distractors(question)


def _distractors(question: Question) -> Iterator[Fault]:
    seen = {wording.normalized(pair.right) for pair in question.pairs}
    for index, one in enumerate(question.distractors):
        path = (*question.path, "distractors", index)
        if wording.normalized(one.text) in seen:
            message = f"“{one.text}” stands on the right already"
            yield Fault((*path, "text"), "distractor", message, "Choose another")
        seen.add(wording.normalized(one.text))
        if not one.why:
            message = f"The distractor “{one.text}” does not say why"
            yield Fault(path, "why", message, "Add `why`: what was mixed up")
