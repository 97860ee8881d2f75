"""What a request says of a card: the text that was typed, and the picture that came with it.

Besides saving, a sheet may be shown as it would be asked (`preview`), or only take a picture in
(`picture`). A picture that can be kept is kept at once and named in the text, so that it need not
be chosen again when something else is refused.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from quizzes.content import picturing
from quizzes.content.models import Book
from quizzes.items import grouping, slips
from quizzes.items.models import Item
from quizzes.items.slips import Face
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.own_forms import PictureForm, SlipForm
from quizzes.web.owners import owner


class Sheet:
    """A card's forms, filled with what was typed or with what it says so far.

    Without a book there is nowhere to keep a picture yet.
    """

    def __init__(
        self,
        request: HttpRequest,
        initial: Mapping[str, Any],
        book: Book | None = None,
        item: Item | None = None,
    ) -> None:
        is_sent = request.method == "POST"
        self.book = book
        self.action = request.POST.get("action", "save") if is_sent else ""
        self.picture_form = PictureForm(
            request.POST if is_sent and book else None, request.FILES, prefix="picture"
        )
        is_picture_right = not self.picture_form.is_bound or self.picture_form.is_valid()
        typed = request.POST.copy() if is_sent else None
        if typed is not None and book and self.picture_form.is_sent:
            self._put_in(typed, book)
        if typed is not None and self.action == "picture":
            initial, typed = {**initial, **typed.dict()}, None
        self.form = SlipForm(
            typed, initial=dict(initial), owner=owner(request), book=book, item=item
        )
        self.is_refused = is_sent and not (
            is_picture_right and (self.form.is_valid() or not self.form.is_bound)
        )

    @property
    def is_to_save(self) -> bool:
        return self.action == "save" and not self.is_refused

    @property
    def status(self) -> int:
        return UNPROCESSABLE if self.is_refused else 200

    @property
    def faces(self) -> list[Face]:
        """The card as it would be asked, where that was wanted and can be."""
        if self.action != "preview" or self.is_refused:
            return []
        slip = slips.numbered(self.form.slip)
        return slips.faces(slip, grouping.pictures(self.book.pk, [slip]) if self.book else None)

    def _put_in(self, typed: QueryDict, book: Book) -> None:
        sent = self.picture_form.cleaned_data
        media = picturing.keep(book, sent["picture"], sent["alt"])
        side = sent["side"] or "front"
        text = typed.get(side, "").rstrip()
        named = self.picture_form.markdown(media.uid)
        typed[side] = f"{text}\n\n{named}" if text else named
        self.picture_form = PictureForm(prefix="picture")
