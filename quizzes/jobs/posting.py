"""Posting: one letter is handed to the mail server that is set, or written to the log."""

import email.policy
from typing import Any, override

from django.core.mail import EmailMessage, mailers

LONGEST_LINE = 998
"""RFC 5322: what a line may have at most."""


class Letter(EmailMessage):
    """A letter whose addresses stay in one piece, in the text and in the headers.

    Folded at 78 signs, a long address in a header becomes an encoded word, which mail programs do
    not take for an address.
    """

    @override
    def message(self, *, policy: Any = email.policy.default) -> Any:
        return super().message(policy=policy.clone(max_line_length=LONGEST_LINE))


def post(to: str, subject: str, text: str, way_out: str = "") -> int:
    """Send a letter; `way_out` is where whoever gets it can have no more of its kind."""
    headers = _offers_end(way_out) if way_out else {}
    letter = Letter(subject, text, to=[to], headers=headers)
    return mailers["default"].send_messages([letter]) or 0


def _offers_end(link: str) -> dict[str, str]:
    """The headers by which a mail program offers it (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
