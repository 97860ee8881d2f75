"""What the pages about signing in need to know or to draw."""

from dataclasses import dataclass

import qrcode
from django import template
from django.template.context import Context

from quizzes.web import two_step

register = template.Library()

QUIET = 4
"""The white margin by which a camera finds a code, in its squares."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code for a camera: its dark squares as the path of an SVG, and how wide it is."""

    path: str
    size: int


@register.simple_tag(takes_context=True)
def passkeys_work(context: Context) -> bool:
    """Whether passkeys can be made and used where this page was asked for."""
    return two_step.passkeys_work(context["request"])


@register.simple_tag
def camera_code(text: str) -> Code:
    """The text as a QR code."""
    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    squares = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Code("".join(f"M{x} {y}h1v1h-1z" for x, y in squares), len(rows))
