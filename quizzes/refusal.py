"""The one way a rule says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise  # a string that gettext translates when shown


class Refusal(Exception):
    """An expected no: the request was understood, and a rule forbids it.

    A verb raises a subclass defined beside its rule, with a message to show to the person who
    asked. Delivery answers 409 with that message, in a page or in JSON; nothing was changed.
    """

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message
