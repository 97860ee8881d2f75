"""Questions and quizzes judged beside a pack that is not theirs: on its facts, by its guards."""

from collections.abc import Sequence
from dataclasses import replace

from quizzes.content.packs import guards, references
from quizzes.content.packs.contents import Contents, Pack
from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.shapes import Entry, Question, Quiz

_BESIDE = "+"
"""Before the name of a file that is not the pack's: both may have one of this name."""


def faults(
    contents: Contents, questions: Sequence[Question], quizzes: Sequence[Quiz]
) -> list[Fault]:
    """What a sound pack would be at fault for if it held these, too."""
    claimed = dict(contents.claimed)
    for name, entries in (("questions", questions), ("quizzes", quizzes)):
        claimed[name] = claimed.get(name, frozenset()) | {entry.slug for entry in entries}
    whole = replace(
        contents,
        questions=[*contents.questions, *questions],
        quizzes=[*contents.quizzes, *quizzes],
        claimed=claimed,
    )
    return [*references.faults(whole), *guards.faults(whole)]


def problems(
    base: Pack, other: Pack, questions: Sequence[Question], quizzes: Sequence[Quiz]
) -> list[Problem]:
    """The same as problems, in the files of the other pack, in which they stand."""
    found = faults(
        base.contents, [_beside(one) for one in questions], [_beside(one) for one in quizzes]
    )
    beside = {f"{_BESIDE}{name}": document for name, document in other.documents.items()}
    documents = {**base.documents, **beside}
    return sorted(documents[str(fault.path[0])].problem(fault) for fault in found)


def _beside[E: Entry](entry: E) -> E:
    file, *steps = entry.path
    return entry.model_copy().standing_at((f"{_BESIDE}{file}", *steps))
