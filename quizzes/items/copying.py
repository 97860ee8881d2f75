"""Copying: the wording of any item as a slip of one's own, to be changed there."""

import re

from quizzes.items import standing
from quizzes.items.filling import GAP
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.items.slips import LONGEST_ANSWER, Kind, Slip
from quizzes.items.wordings import Wording

_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")


def slip_of(item: Item) -> Slip | None:
    """What an item asks and answers, as a slip; none for an item that was never worded.

    One typed answer makes it a typed card with every spelling that counts; choices and everything
    else become a basic card. What is to be matched or put in order is listed under the question.
    What a recipe wrote stands as it reads: it holds no Markdown.
    """
    known = standing.wordings(Item.objects.filter(pk=item.pk)).get(item.pk)
    if known is None:
        return None
    wording = known[1]
    is_plain = item.origin == Item.Origin.GENERATED
    front, back, remark = (
        _SPECIAL.sub(r"\\\1", text) if is_plain else text
        for text in (wording.stem, wording.answer, wording.rationale)
    )
    front += _lists(wording)
    accepted = _typed(wording)
    kind = Kind.TYPED if accepted else Kind.BASIC
    return Slip(kind=kind, front=front, back=back, accepted=accepted, remark=remark)


def _lists(wording: Wording) -> str:
    """What a card of one's own could not show else, as lists in the order of the alphabet."""
    if wording.kind not in (Revision.Kind.MATCHING, Revision.Kind.ORDERING):
        return ""
    parts = sorted({option.part for option in wording.options})
    return "\n\n" + "\n\n---\n\n".join(_list(wording, part) for part in parts)


def _list(wording: Wording, part: int) -> str:
    texts = sorted(option.text for option in wording.options if option.part == part)
    return "\n".join(f"- {_SPECIAL.sub(r'\\\1', text)}" for text in texts)


def _typed(wording: Wording) -> tuple[str, ...]:
    """The spellings that are wholly right of an answer that is typed in one place."""
    if wording.stem.count(GAP) > 1 or any(one.part for one in wording.accepted):
        return ()
    right = [one.text.strip() for one in wording.accepted if one.fraction == FULL_FRACTION]
    return tuple(text for text in dict.fromkeys(right) if text and len(text) <= LONGEST_ANSWER)
