"""Every route, asked by every member of the cast."""

import gzip
import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from quizzes.cards import planning
from quizzes.cards.models import Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from quizzes.content.models import Book, Chapter, Fact, Section, Term
from quizzes.items.models import AcceptedAnswer, Item, ItemFact, Key, Option, OptionKey, Revision
from tests import areas
from tests.areas.scene import Scene
from tests.asks import SIGN_IN, Ask
from tests.bookshelf import make_study_book
from tests.cast import MEMBERS
from tests.decks import keep_picture
from tests.examining import begin, make_assignment, make_item, make_quiz, sit_through, take
from tests.policies import API, PAGES, POLICIES

OWN = "canary-own"
"""Stands in everything that is written in the student's own book."""
BACK = "canary-back"
"""Stands on the back of every card."""
MARK = "canary-mark"
"""Stands in everything that a mark is decided by."""
SHOW_BACKS = {"review", "review-ahead", "landing", "browser", "card", "api:review-queue"}
SHOW_MARKS = {"result", "api:result"}
SHOW_KEYS = {"essay", "print-key"} | areas.SHOWS_KEYS
"""What those who teach a class mark by; nobody else opens it."""
SHOW_SPELLINGS = {"copy-card"}
"""A card that may be studied is copied with every spelling that its answer has."""

BY_ADDRESS = {"stop-letters"}
"""What an address is the leave for: mail programs post there without a session."""

PARTS = 12

OURS = {**PAGES, **API, **areas.AREAS}


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def lights(db):
    """A pack's book, in which every key bears a canary."""
    book = make_study_book(3)
    for item in book.items.all():
        spread_canaries(item)
    return book


@pytest.fixture
def own(company, noon):
    """A book of the student's own."""
    book = Book.objects.create(slug="own", title=OWN, owner=company["student"])
    chapter = Chapter.objects.create(book=book, number=0, slug="own-chapter", title=OWN)
    section = Section.objects.create(
        book=book, chapter=chapter, slug="own-unit", title=OWN, position=0
    )
    places = {"book": book, "chapter": chapter, "section": section, "position": 0}
    fact = Fact.objects.create(**places, kind="term", slug="own-fact", label=OWN)
    Term.objects.create(fact=fact, definition=OWN)
    item = Item.objects.create(**places, slug="own-item", origin="authored", subject=fact)
    ItemFact.objects.create(item=item, fact=fact, position=0)
    item.revision = Revision.objects.create(
        item=item, number=1, kind="short_text", stem=OWN, stem_html=OWN, created_at=noon
    )
    item.save(update_fields=["revision"])
    Key.objects.create(revision=item.revision, answer=OWN, answer_html=OWN)
    return book


@pytest.fixture
def site(company, classroom, lights, own, noon, settings, tmp_path):
    """Everything that a policy speaks of, by the words that stand for it there."""
    settings.MEDIA_ROOT = settings.DATA_DIR = tmp_path
    student = company["student"]
    for book in (lights, own):
        planning.start(student, book, noon)
    cards = {"{lights}": lights.items.in_order()[0], "{own}": own.items.get()}
    asked, told = (asked_items(lights, name) for name in ("asked", "told"))
    graded = make_item(lights, "graded", position=98)
    spread_canaries(graded)
    quiz = make_quiz(lights, *asked, slug="q", is_shuffled=False)
    past = make_quiz(lights, *told, slug="past", is_shuffled=False)
    given, sat = given_to(classroom, student, lights, noon)
    marks = {
        "{given}": given,
        "{sat}": sat,
        "{class quiz}": make_quiz(classroom.book, asked[0], slug="class"),
        "{quiz}": quiz,
        "{done}": take(student, past, noon, right=[]),
        "{attempt}": begin(student, quiz, noon).attempt,
        "{own quiz}": make_quiz(own, own.items.get(), slug="own"),
        "{class}": classroom,
        "{assignment}": make_assignment(classroom, make_quiz(lights, graded, slug="graded"), noon),
        "{own book}": own,
        "{lights book}": lights,
        "{own picture}": keep_picture(own, OWN),
        "{picture}": keep_picture(lights),
    }
    scene = Scene(company, classroom, lights, given, sat, noon)
    named = {**cards, **marks, **areas.marks(scene)}
    uids = {word: str(getattr(row, "uid", row)) for word, row in named.items()}
    keys = {
        "{own chapter}": own.chapters.get().pk,
        "{weights}": better_weights(student, noon).pk,
        "{essay}": sat.served.get(revision__kind="essay").pk,
        "{place}": classroom.enrollments.get(user=student).pk,
    }
    return uids | {word: str(key) for word, key in keys.items()}


def asked_items(lights, name):
    """Questions of three kinds whose keys bear canaries."""
    kinds = ("single", "several", "short_text")
    items = [make_item(lights, f"{name}-{kind}", kind, position=99) for kind in kinds]
    for item in items:
        spread_canaries(item)
    return items


def given_to(classroom, student, lights, noon):
    """A graded assignment of the class, and the student's attempt at it, of which nothing is told.

    It may be sat again.
    """
    asked = [make_item(lights, f"given-{kind}", kind, position=99) for kind in ("single", "essay")]
    for item in asked:
        spread_canaries(item)
    quiz = make_quiz(lights, *asked, slug="given")
    given = make_assignment(classroom, quiz, noon, attempts_allowed=2)
    return given, sit_through(student, given, noon)


def better_weights(student, noon):
    """A set that may be adopted."""
    return Weights.objects.create(
        learner=student,
        numbers=list(DEFAULT_WEIGHTS),
        loss_before=0.4,
        loss_after=0.3,
        review_count=99,
        fitted_at=noon,
    )


def spread_canaries(item):
    Key.objects.filter(revision=item.revision).update(answer_html=BACK, rationale_html=BACK)
    if not item.revision.options.exists():
        option = Option.objects.create(revision=item.revision, position=0, text="An option")
        OptionKey.objects.create(option=option, fraction=10_000_000)
    OptionKey.objects.filter(option__revision=item.revision).update(feedback=MARK)
    position = AcceptedAnswer.objects.filter(revision=item.revision).count()
    AcceptedAnswer.objects.create(revision=item.revision, position=position, text=MARK)
    Key.objects.filter(revision=item.revision).update(hint=MARK)


def routes(resolver=None, space="", path=""):
    """Every route by its name, and by its path where it has none; the back office apart."""
    for part in (resolver or get_resolver()).url_patterns:
        here = path + str(part.pattern)
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            if part.namespace != "admin":
                yield from routes(part, inner, here)
        elif isinstance(part, URLPattern):
            yield space + part.name if part.name else here


def send(name: str, ask: Ask, site: dict[str, str], member, method=None, **options):
    """Ask as this member, in a session of their own."""
    client = Client(**options)
    if member is not None:
        client.force_login(member)
    body = json.dumps(dict(ask.body))
    for word, uid in site.items():
        body = body.replace(word, uid)
    url = reverse(name, kwargs={part: site.get(value, value) for part, value in ask.args.items()})
    method = method or ask.method
    if method == "POST" and not name.startswith("api:"):
        return client.post(url, json.loads(body))
    return client.generic(method, url, body, content_type="application/json")


def kind_of(answer):
    if answer.status_code == 302 and answer["Location"].startswith(reverse("account_login")):
        return SIGN_IN
    return answer.status_code


def each_asked(name, ask, site, company):
    """The answer to each member, each as if nobody else had asked before."""
    for member in MEMBERS:
        with transaction.atomic():
            answer = send(name, ask, site, company[member])
            transaction.set_rollback(True)
        yield member, answer


def test_every_route_has_a_policy_and_every_policy_a_route():
    assert sorted(routes()) == sorted(POLICIES)


def test_every_policy_speaks_of_the_whole_cast():
    for ways in POLICIES.values():
        assert all(set(ask.answers) == set(MEMBERS) for ask in ways)


def parts(names):
    """The routes in twelve parts, each asked on one site: it takes longer to make than to ask."""
    found = sorted(names)
    return [pytest.param(found[n::PARTS], id=f"part-{n}") for n in range(PARTS)]


def ways(names):
    """Each way to use these routes, with the route's name."""
    return [(name, ask) for name in names for ask in POLICIES[name]]


@pytest.mark.parametrize("names", parts(POLICIES))
def test_every_member_gets_what_the_policy_says_and_sees_what_they_may(names, site, company):
    """Somebody's own book is its owner's alone; backs are on cards, marks on results alone."""
    for name, ask in ways(names):
        answers = dict(each_asked(name, ask, site, company))
        told = {member: kind_of(answer) for member, answer in answers.items()}
        assert told == ask.answers, (name, ask)
        for member, answer in answers.items() if name in OURS else ():
            seen, where = bytes_of(answer).decode(errors="replace").lower(), (name, member, ask)
            assert name in SHOW_MARKS | SHOW_SPELLINGS | areas.SHOWS_KEYS or MARK not in seen, where
            assert name in SHOW_BACKS | SHOW_MARKS | SHOW_KEYS or BACK not in seen, where
            assert member == "student" or OWN not in seen, where


@pytest.mark.parametrize("names", parts(OURS))
def test_a_method_without_a_policy_is_not_there(names, site, company):
    for name in names:
        allowed = {ask.method for ask in OURS[name]}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - allowed:
            answer = send(name, OURS[name][0], site, company["student"], method)
            assert answer.status_code == 405, (name, method)


@pytest.mark.parametrize("names", parts(POLICIES))
def test_nothing_is_done_in_a_session_without_its_csrf_token(names, site, company):
    for name, ask in ways(names):
        if ask.method != "GET" and name not in BY_ADDRESS:
            answer = send(name, ask, site, company["student"], enforce_csrf_checks=True)
            assert answer.status_code == 403, (name, ask)


def test_the_canaries_are_seen_where_they_may_be(site, company):
    """Else the test above would find nothing anywhere."""
    shown = SHOW_BACKS | SHOW_MARKS | SHOW_SPELLINGS
    seen = {name: send(name, OURS[name][0], site, company["student"]) for name in shown}
    fact = reverse("api:fact", args=["own", "own-fact"])
    client = Client()
    client.force_login(company["student"])

    assert BACK in seen["api:review-queue"].content.decode()
    assert BACK in seen["review"].content.decode()
    for name in SHOW_MARKS:
        assert BACK in seen[name].content.decode()
        assert MARK in seen[name].content.decode().lower()
    assert MARK in seen["copy-card"].content.decode()
    assert OWN in client.get(fact).content.decode()


def bytes_of(answer):
    """All that travels: headers and body, unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return repr(sorted(answer.headers.items())).encode() + body
