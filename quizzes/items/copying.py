"""Copying: the wording of any item as a slip of one's own, to be changed there."""

import re

from quizzes.items import standing
from quizzes.items.models import Item
from quizzes.items.slips import LONGEST_ANSWER, Kind, Slip
from quizzes.items.wordings import Wording

_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")


def slip_of(item: Item) -> Slip | None:
    """What an item asks and answers, as a slip; none for an item that was never worded.

    One typed answer makes it a typed card with every spelling that counts; choices and everything
    else become a basic card. What a recipe wrote stands as it reads: it holds no Markdown.
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
    accepted = _typed(wording)
    kind = Kind.TYPED if accepted else Kind.BASIC
    return Slip(kind=kind, front=front, back=back, accepted=accepted, remark=remark)


def _typed(wording: Wording) -> tuple[str, ...]:
    """The other spellings of an answer that is typed in one place."""
    if any(one.part for one in wording.accepted):
        return ()
    texts = dict.fromkeys(one.text.strip() for one in wording.accepted)
    return tuple(text for text in texts if text and len(text) <= LONGEST_ANSWER)
