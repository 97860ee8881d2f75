"""Every way to ask every route: what a walk through the whole site sends.

The routes come from the resolver, through their policies: a route without one fails
`test_access.py`. Of each policy the walk tries every method, each with the policy's own body, none
and nonsense, in each format that an answer has.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from tests.asks import Ask
from tests.policies import POLICIES

READ = ("GET", "HEAD", "OPTIONS")
WRITE = ("POST", "PUT", "PATCH", "DELETE")
HTML, FORM = "text/html", "application/x-www-form-urlencoded"
JSON = "application/json"
FORMATS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "html": ({"Accept": HTML}, {}),
    "json": ({"Accept": JSON}, {}),
    "fragment": ({"Accept": HTML, "HX-Request": "true"}, {}),
    "print": ({"Accept": HTML}, {"view": "all"}),
}
"""The headers and the parameters that ask for each form of an answer."""
VALID, EMPTY, NONSENSE = "valid", "empty", "nonsense"
NONSENSES = (
    b'{"responses": [{"question": "\\ud800"}], "answer"',
    b"answer_1=99&question=-1&go=%00",
)

NEAR = ("{attempt}", "{done}", "{quiz}", "{assignment}", "{sat}", "{lights}")

type Words = Mapping[str, str]
"""What the words in braces of the policies stand for."""


@dataclass(frozen=True, slots=True)
class Step:
    """One request: where and how, and the name under which a failure is told."""

    route: str
    method: str
    url: str
    body: bytes = b""
    content_type: str = JSON
    form: str = "html"
    says: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.url} ({self.route}, {self.form} {self.says})"


@dataclass
class Walker:
    """A member of the cast with one session, each of whose steps is as if it were the only one."""

    member: Any
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        if self.member is not None:
            self.client.force_login(self.member)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def go(self, step: Step) -> Any:
        """The answer to one step; whatever it changed is taken back."""
        self.client.cookies = SimpleCookie(self.cookies)
        headers, query = FORMATS[step.form]
        with transaction.atomic():
            answer = self.client.generic(
                step.method,
                step.url,
                step.body,
                step.content_type,
                headers=headers,
                query_params=query,
            )
            transaction.set_rollback(True)
        return answer


@dataclass(frozen=True, slots=True)
class Share:
    """Which of all steps are taken: one in so many, other ones for each `part`.

    *Near* ones are a policy's own ways to ask about an attempt, a quiz or a card; *own* ones its
    ways to ask about anything; *odd* ones every other method, body and format.
    """

    part: int
    near: int
    own: int
    odd: int

    def takes(self, kind: str, number: int) -> bool:
        every: int = getattr(self, kind)
        return every > 0 and number % every == self.part % every


def steps(words: Words, share: Share) -> Iterator[Step]:
    """The ways to ask every route that fall into a share."""
    numbers = Counter[str]()
    for name, ways in POLICIES.items():
        for ask in ways:
            for step, is_own in _steps_of(name, ask, words):
                kind = ("near" if is_near(ask) else "own") if is_own else "odd"
                numbers[kind] += 1
                if share.takes(kind, numbers[kind]):
                    yield step


def is_near(ask: Ask) -> bool:
    """Whether a policy speaks of what a key could be seen at."""
    said = json.dumps([dict(ask.args), dict(ask.body)])
    return any(word in said for word in NEAR)


def _steps_of(name: str, ask: Ask, words: Words) -> Iterator[tuple[Step, bool]]:
    url = reverse(name, kwargs={key: words.get(value, value) for key, value in ask.args.items()})
    for form in FORMATS:
        for method in READ:
            is_own = method == ask.method == "GET"
            yield Step(name, method, url, form=form), is_own
        for method in WRITE:
            for which in (VALID, EMPTY, NONSENSE):
                sent = _body(which, ask, words, is_api=name.startswith("api:"))
                is_own = (method, which) == (ask.method, VALID) and form in {"html", "json"}
                yield Step(name, method, url, *sent, form, which), is_own


def _body(which: str, ask: Ask, words: Words, *, is_api: bool) -> tuple[bytes, str]:
    if which == EMPTY:
        return b"", JSON if is_api else FORM
    if which == NONSENSE:
        return NONSENSES[not is_api], JSON if is_api else FORM
    said = json.dumps(dict(ask.body))
    for word, uid in words.items():
        said = said.replace(word, uid)
    if is_api:
        return said.encode(), JSON
    return urlencode(json.loads(said), doseq=True).encode(), FORM
