"""Tokens in everything that tells what is right, and the search for them in what travels.

Every column of a key bears a word of its own that begins with `WORD`, names its question, and
stands nowhere else: whoever sees it, or it in another spelling, has seen the key.
"""

import base64
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from http.cookies import SimpleCookie
from typing import Any

from django.db.models import F

from quizzes.assessment.models import Attempt, Served
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Criterion, Item, Key, OptionKey, Revision

WORD = "zqsecretkey"
NUMBER, TOLERANCE = Decimal("828182.845904"), Decimal("0.577215")
DAY = date(1723, 4, 19)
FRACTION = 3_718_293
"""What a wrong option earns, in units of 10⁻⁷: a figure that no other row has."""

_TOKEN = re.compile(rf"{WORD}([a-z]+)0([a-z]+)".encode())
_FIGURES = (
    b"182.845904",
    b"182845904",
    b"577215",
    b"1723-04-19",
    b"apr 1723",
    b"april 1723",
    b"3718293",
)
_INFLATED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
}


def token(item: Item, column: str) -> str:
    return f"{WORD}{name(item)}0{column.replace('_', '')}"


def name(item: Item) -> str:
    """An item's name in its tokens: letters alone."""
    return re.sub(r"[^a-z]", "", item.slug)


def plant(item: Item) -> None:
    """A token in every column of an item's key; what was right stays right."""
    for column in ("answer", "answer_html", "rationale", "rationale_html", "hint"):
        Key.objects.filter(revision=item.revision).update(**{column: token(item, column)})
    options = OptionKey.objects.filter(option__revision=item.revision)
    options.update(feedback=token(item, "feedback"))
    options.filter(fraction=0, rank=None, match=None).update(fraction=-FRACTION)
    accepted = AcceptedAnswer.objects.filter(revision=item.revision)
    accepted.update(feedback=token(item, "remark"))
    Criterion.objects.filter(revision=item.revision).update(text=token(item, "criterion"))
    if accepted.exists():
        _accept(item)


def _accept(item: Item) -> None:
    """One more answer that earns something."""
    revision = Revision.objects.get(item=item)
    columns: dict[str, dict[str, Any]] = {
        "number": {"number": NUMBER, "tolerance": TOLERANCE},
        "date": {"precision": "day", "not_before": DAY, "not_after": DAY},
    }
    AcceptedAnswer.objects.create(
        revision=revision,
        position=99,
        text=token(item, "accepted"),
        feedback=token(item, "remark"),
        fraction=FRACTION,
        **columns.get(revision.kind, {}),
    )


def travels(answer: Any) -> bytes:
    """All that travels of an answer: status, headers, cookies and body, unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content
    for coding in answer.headers.get("Content-Encoding", "").split(","):
        body = _INFLATED.get(coding.strip(), bytes)(body)
    cookies: SimpleCookie = answer.cookies
    heads = [answer.reason_phrase, *sorted(f"{k}: {v}" for k, v in answer.headers.items())]
    return "\n".join([*heads, cookies.output()]).encode() + b"\n\n" + _unzipped(body)


def _unzipped(body: bytes) -> bytes:
    """What an archive, or a workbook, holds; any other body as it is."""
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())


def disguises(word: str = WORD) -> Iterator[bytes]:
    """How a word could stand in an answer without being read at once."""
    raw = word.encode()
    yield from (raw[::-1], raw.hex().encode(), raw.hex().upper().encode())
    yield "".join(f"%{byte:02x}" for byte in raw).encode()
    yield "".join(f"%{byte:02X}" for byte in raw).encode()
    yield "".join(f"&#{byte};" for byte in raw).encode()
    yield "".join(f"&#x{byte:x};" for byte in raw).encode()
    yield "".join(f"\\u{byte:04x}" for byte in raw).encode()
    for offset in range(3):
        coded = base64.b64encode(b"x" * offset + raw)
        yield coded[-(-offset * 4 // 3) + (offset > 0) : -4]
        yield base64.urlsafe_b64encode(b"x" * offset + raw)[-(-offset * 4 // 3) + (offset > 0) : -4]
    for packed in (gzip.compress(raw, mtime=0)[10:-8], zlib.compress(raw)[2:-4]):
        yield packed[:-2]


_DISGUISES = tuple(dict.fromkeys(disguises()))


def told(seen: bytes) -> dict[str, set[str]]:
    """The columns of whose key are told, by the name of the item; "" for what hides its name."""
    plain = seen.lower()
    found: dict[str, set[str]] = {}
    for item, column in _TOKEN.findall(plain) if WORD.encode() in plain else ():
        found.setdefault(item.decode(), set()).add(column.decode())
    hidden = {repr(form) for form in _DISGUISES if form in seen}
    hidden |= {repr(figure) for figure in _FIGURES if figure in plain}
    return found | ({"": hidden} if hidden else {})


def turn(items: Iterable[Item]) -> None:
    """Other keys to the same questions: what was right is wrong, and explained otherwise."""
    for item in items:
        turn_key(item)
    asked = Served.objects.filter(revision__item__in=items, fraction__isnull=False)
    asked.update(fraction=FULL_FRACTION - F("fraction"))
    # A practice's score was told when it was handed in, before anything was reserved.
    attempts = Attempt.objects.filter(assignment__isnull=False, score__isnull=False)
    attempts.update(score=FULL_FRACTION - F("score"))


def turn_key(item: Item) -> None:
    """Another key to a question; what it was marked by it stays."""
    words = ("answer", "answer_html", "rationale", "rationale_html", "hint")
    Key.objects.filter(revision__item=item).update(**dict.fromkeys(words, "Turned."))
    Criterion.objects.filter(revision__item=item).update(text="Turned.")
    _turn_options(item)
    accepted = AcceptedAnswer.objects.filter(revision__item=item)
    accepted.update(text="Nobody", feedback="Turned.")
    accepted.filter(number__isnull=False).update(number=7, tolerance=0)
    accepted.filter(not_before__isnull=False).update(not_before=DAY, not_after=DAY)


def _turn_options(item: Item) -> None:
    """The first option's key is now the last one's, in each part."""
    by_part: dict[int, list[OptionKey]] = {}
    rows = OptionKey.objects.filter(option__revision__item=item).select_related("option")
    for row in rows.order_by("option__position"):
        by_part.setdefault(row.option.part, []).append(row)
    for keys in by_part.values():
        turned = [(row.fraction, row.rank, row.match) for row in reversed(keys)]
        for row, (row.fraction, row.rank, row.match) in zip(keys, turned, strict=True):
            row.feedback = "Turned."
            row.save()
