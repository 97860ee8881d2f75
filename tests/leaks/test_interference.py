"""What is not told has no influence: with another key, every answer is the same to the byte.

This also covers what no token could stand in: numbers and ids of rows, places, lengths, headers,
redirects, refusals, and how many queries an answer takes.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4
from zlib import crc32

import pytest
from django.db import connection, transaction

from quizzes.assessment.models import Attempt, Served
from quizzes.identifiers import uuid7
from quizzes.items.models import AcceptedAnswer, Key, Option, OptionKey, Revision
from tests import profiles
from tests.leaks import planting, walking
from tests.leaks.stages import STAGES
from tests.leaks.walking import Share, Walker
from tests.policies import POLICIES

SILENT = ("none", "open", "expired", "handed in", "closed", "practicing")
"""Stages in which nothing of a key is told, but for the score of practice that is handed in."""
SHARE = Share(0, near=1, own=profiles.count(0, 1), odd=0)
CHANCE = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # identifiers
    rb"|[A-Za-z0-9]{64}|(?<=csrftoken=)[A-Za-z0-9]{32}"  # CSRF
    rb"|(?<=nonce[-=])[\"']?[A-Za-z0-9+/=_-]{16,}[\"']?"  # CSP
    rb"|(?<=sessionid=)[a-z0-9]{32}"
)
"""What is drawn anew for each answer."""


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(execute, sql, params, many, context):
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def walk(member, words, *, wanted=None):
    """What travels for each likely step, without chance, and how many statements it took."""
    walker = Walker(member)
    for step in walking.steps(words, SHARE):
        if wanted is None or step.route in wanted:
            with counting() as sent:
                answer = walker.go(step)
            yield str(step), CHANCE.sub(b"?", planting.travels(answer)), len(sent)


def differing(before, after):
    """The steps whose answers are not the same, each with the first difference."""
    for (step, one, queries), (_same, two, others) in zip(before, after, strict=True):
        if one != two:
            at = next(n for n, pair in enumerate(zip(one, two, strict=False)) if len({*pair}) > 1)
            yield step, one[max(0, at - 40) : at + 60], two[max(0, at - 40) : at + 60]
        elif queries != others:
            yield step, queries, others


def is_tried(*way: str) -> bool:
    """Half of the routes in each stage, others in another; all of them in `make trust`."""
    return crc32(" ".join(way).encode()) % profiles.count(2, 1) == 0


@pytest.mark.parametrize(
    ("member", "name"),
    [*(("student", name) for name in SILENT), ("classmate", "none"), ("classmate", "handed in")],
)
def test_another_key_changes_no_answer(name, member, site, company, ground, tell_tried):
    stage = STAGES[name](ground)
    words = site | stage.words
    scored = {"check", "api:hand-in"} if name == "practicing" else set()
    wanted = {one for one in POLICIES if is_tried(one, name, member)} - scored
    before = list(walk(company[member], words, wanted=wanted))

    planting.turn(ground.items)
    after = list(walk(company[member], words, wanted=wanted))

    assert list(differing(before, after)) == []
    tell_tried(2 * len(before))


@pytest.mark.parametrize("name", ["open", "practicing"])
def test_own_places_numbers_of_rows_and_the_seed_change_no_answer(
    name, site, company, ground, tell_tried
):
    words = site | STAGES[name](ground).words
    # Results and cards look at the facts of a question, which its copy here has not.
    others = {"check", "result", "report-question", "api:hand-in", "api:result"}
    about = {n for n, ways in POLICIES.items() for ask in ways if "{attempt}" in ask.args.values()}
    before = list(walk(company["student"], words, wanted=about - others))

    with transaction.atomic():
        renumber(Attempt.objects.get(uid=words["{attempt}"]))
    after = list(walk(company["student"], words, wanted=about - others))

    other = list(differing(before, after))
    assert [one for one in other if words["{attempt}"] in one[0]] == []
    tell_tried(2 * len(before))


def renumber(attempt):
    """The same questions, shown in the same order, by other rows whose options are turned round."""
    Attempt.objects.filter(pk=attempt.pk).update(seed=uuid4())
    for served in attempt.served.select_related("revision__item"):
        revision = _copied(served.revision)
        orders = [[len(order) - 1 - own for own in order] for order in served.orders]
        shown = ";".join(",".join(map(str, order)) for order in orders)
        Served.objects.filter(pk=served.pk).update(revision=revision, order_shown=shown)


def _copied(revision: Revision) -> Revision:
    old, item = revision.pk, revision.item
    item.pk, item.uid, item.slug, item.revision = None, uuid7(), f"{item.slug}-again", None
    item.save()
    revision.pk, revision.item = None, item
    revision.save()
    for key in Key.objects.filter(revision=old):
        key.pk = revision.pk
        key.save(force_insert=True)
    for accepted in AcceptedAnswer.objects.filter(revision=old):
        accepted.pk, accepted.revision = None, revision
        accepted.save()
    options = list(Option.objects.filter(revision=old).order_by("part", "position"))
    keys = OptionKey.objects.in_bulk([option.pk for option in options])
    for option in options:
        last = sum(other.part == option.part for other in options) - 1
        decides = keys[option.pk]
        copy = Option(revision=revision, part=option.part, position=last - option.position)
        copy.text = option.text
        copy.save()
        OptionKey.objects.create(option=copy, fraction=decides.fraction, feedback=decides.feedback)
    return revision
