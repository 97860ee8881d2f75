"""Packs up and down."""

from typing import Any

from quizzes.exchange import storing
from tests.areas.scene import Scene
from tests.asks import (
    ACCOUNT_HOLDERS,
    ACCOUNTS,
    KEEPER,
    NOT_NOW,
    NOT_THERE,
    ON,
    TYPED_WRONG,
    Ask,
    get,
    post,
)

NO_PACK = ACCOUNTS | dict.fromkeys(ACCOUNT_HOLDERS, NOT_THERE)
NO_ARCHIVE = ACCOUNTS | dict.fromkeys(ACCOUNT_HOLDERS, TYPED_WRONG)
SENT: dict[str, Any] = {"book": "lights", "uid": "{pack}"}

PAGES: dict[str, list[Ask]] = {
    "packs": [get(ACCOUNTS, book="lights"), get(KEEPER, book="own"), get(NO_PACK, book="none")],
    "upload-pack": [
        post(NO_ARCHIVE, book="lights"),
        post(KEEPER | {"student": TYPED_WRONG}, book="own"),
    ],
    "export-pack": [get(ACCOUNTS, book="lights"), get(KEEPER, book="own")],
    "download-pack": [get(NO_PACK, book="lights"), get(NO_PACK, book="own")],
    "pack-preview": [get(KEEPER, **SENT), get(KEEPER, book="own", uid="{pack}")],
    "load-pack-copy": [
        post(KEEPER | {"student": NOT_NOW}, **SENT),
        post(KEEPER | {"student": NOT_NOW}, {"is_site": "on"}, **SENT),
    ],
    "undo-pack": [
        post(KEEPER | {"student": NOT_NOW}, **SENT),
        post(KEEPER | {"student": ON}, book="lights", uid="{loaded pack}"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    """A pack that the student sent, with problems, and one that the student loaded."""
    student, texts = scene.company["student"], {"pack.yaml": "id: a"}
    sent = storing.keep(texts, scene.noon, name="sent", by=student)
    own = student.books.get(slug="own") if student else None
    loaded = storing.keep(texts, scene.noon, name="loaded", by=student, book=own)
    return {"{pack}": sent, "{loaded pack}": loaded}
