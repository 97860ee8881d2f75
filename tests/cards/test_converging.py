"""Whatever devices send, in whatever order and however often, ends in what the merged log says."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quizzes.cards import moving, planning, replaying
from quizzes.cards.models import Action, Card, DayTally, Review
from quizzes.cards.scheduling import Rating
from quizzes.people.models import User
from tests.cards.acting import make_book, make_items
from tests.cards.devices import Deed, Device, deed, send

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONGEST_SKEW = timedelta(hours=48)
ITEMS, DEVICES = 3, 3

done = st.one_of(
    st.tuples(st.just("rate"), st.sampled_from(Rating)),
    st.tuples(st.just("flag"), st.integers(0, 3)),
    st.tuples(st.just("suspend"), st.booleans()),
    st.tuples(st.just("note"), st.sampled_from(["", "One.", "Two."])),
    st.tuples(st.just("bury"), st.none()),
)
skews = st.timedeltas(-LONGEST_SKEW, LONGEST_SKEW)


def uid_of(n):
    """Of the nth deed; their order is not the order in which things were done."""
    return UUID(int=1 + n * 7_919 % 10_007)


def study(name, book):
    learner = User.objects.create_user(name, time_zone="America/St_Johns")
    planning.start(learner, book, NOON)
    return learner


def settled(learner):
    """What may not depend on the order in which anything arrived."""
    columns = ("stability", "difficulty", "last_day", "last_at", "reps")
    acts = ("flag", "is_suspended", "note", "buried_until")
    rows = Card.objects.filter(learner=learner).order_by("item")
    return list(rows.values_list("item", *columns, *acts))


class Devices(RuleBasedStateMachine):
    """Three devices of one learner that lose their connection, send twice, and whose clocks err."""

    @initialize(skews=st.lists(skews, min_size=DEVICES, max_size=DEVICES))
    def begin(self, skews):
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        book = make_book("red-army")
        self.items = make_items(book, ITEMS)
        self.learner = study("olga", book)
        self.devices = [Device(skew, []) for skew in skews]
        self.at, self.sent, self.count = NOON, list[Deed](), 0

    def teardown(self):
        try:
            for device in self.devices:
                assert self.hand_in(device.waiting) == []
            assert self.hand_in(self.sent) == []
            self.the_cards_are_what_the_log_says()
        finally:
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    def hand_in(self, deeds):
        self.at += timedelta(seconds=1)
        return send(self.learner, deeds, self.at)

    @rule(minutes=st.sampled_from([1, 15, 600, 3_000]))
    def wait(self, minutes):
        self.at += timedelta(minutes=minutes)

    @rule(n=st.integers(0, DEVICES - 1), item=st.integers(0, ITEMS - 1), done=done)
    def do(self, n, item, done):
        device, uid = self.devices[n], uid_of(self.count)
        self.at += timedelta(seconds=1)
        self.count += 1
        at = device.clock(self.at)
        device.waiting.append(deed(self.learner, self.items[item], done, uid, at))

    @precondition(lambda self: any(device.waiting for device in self.devices))
    @rule(n=st.integers(0, DEVICES - 1), which=st.integers(0, 100))
    def take_back(self, n, which):
        """A device takes back what it did itself, whether that was sent or not."""
        own = [d.uid for d in self.devices[n].waiting if not isinstance(d, UUID)]
        if own:
            self.devices[n].waiting.append(own[which % len(own)])

    @rule(n=st.integers(0, DEVICES - 1), data=st.data())
    def connect(self, n, data):
        """Some of what waits is sent, in any order, with some of what was sent before."""
        device = self.devices[n]
        some = data.draw(st.permutations(device.waiting))
        some = some[: data.draw(st.integers(0, len(some)))]
        again = data.draw(st.lists(st.sampled_from(self.sent), max_size=3)) if self.sent else []
        refused = self.hand_in([*some, *again])
        for one in some:
            if one not in refused:
                device.waiting.remove(one)
                self.sent.append(one)

    @rule(days=st.integers(1, 20))
    def move(self, days):
        """The site itself moves cards."""
        self.at += timedelta(seconds=1)
        day = self.at.date() + timedelta(days=days)
        cards = Card.objects.filter(learner=self.learner)
        moving.move(self.learner, {card.pk: day for card in cards}, self.at)

    @invariant()
    def the_cards_are_what_the_log_says(self):
        before = self.rows()
        assert replaying.differences(self.learner) == []
        assert replaying.rebuild(self.learner) == 0
        assert self.rows() == before

    @invariant()
    def nothing_is_from_the_future_and_nothing_is_there_twice(self):
        assert not Review.objects.filter(answered_at__gt=self.at).exists()
        assert not Action.objects.filter(done_at__gt=self.at).exists()
        sent = {d if isinstance(d, UUID) else d.uid for d in self.sent}
        named = Action.objects.exclude(uid=None).count()
        assert Review.objects.count() + named == len(sent)

    def rows(self):
        cells = ("day", "chapter", "kind", *DayTally.COLUMNS)
        return (
            list(Card.objects.order_by("pk").values()),
            set(DayTally.objects.values_list(*cells)),
        )


def test_devices_end_in_what_the_merged_log_says():
    run_state_machine_as_test(
        Devices,
        settings=settings(
            max_examples=max(6, settings().max_examples // 50), stateful_step_count=30
        ),
    )


@st.composite
def deliveries(draw):
    """What three devices did, and two ways in which it all arrives."""
    skews_of = draw(st.lists(skews, min_size=DEVICES, max_size=DEVICES))
    seconds = st.integers(0, 4 * 24 * 3600)
    deeds = draw(
        st.lists(
            st.tuples(st.integers(0, ITEMS - 1), done, st.sampled_from(skews_of), seconds),
            min_size=1,
            max_size=14,
        )
    )
    undone = draw(st.sets(st.integers(0, len(deeds) - 1), max_size=4))
    ways = []
    for _ in range(2):
        order = draw(st.permutations([*range(len(deeds)), *(-1 - n for n in undone)]))
        again = draw(st.lists(st.sampled_from(order), max_size=4))
        ways.append(([*order, *again], draw(st.integers(1, 6))))
    return deeds, ways


@settings(
    max_examples=max(20, settings().max_examples // 10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each delivery is rolled back
)
@given(deliveries=deliveries())
def test_two_ways_to_deliver_the_same_end_in_the_same_cards(deliveries, book, items):
    """Memory and columns alike; what may differ is the interval that was lawful on arrival."""
    deeds, ways = deliveries
    with transaction.atomic():
        ends = [deliver(f"way-{n}", book, items, deeds, way) for n, way in enumerate(ways)]
        transaction.set_rollback(True)

    assert ends[0] == ends[1]


def deliver(name, book, items, deeds, way):
    learner = study(name, book)
    made = [
        deed(learner, items[item], what, uid_of(n), NOON + skew + timedelta(seconds=seconds))
        for n, (item, what, skew, seconds) in enumerate(deeds)
    ]
    order, size = way
    waiting = [made[n] if n >= 0 else made[-1 - n].uid for n in order]
    at = NOON + timedelta(days=7)  # later than every clock
    while waiting:
        at += timedelta(minutes=1)
        waiting = waiting[size:] + send(learner, waiting[:size], at)
    assert replaying.differences(learner) == []
    return settled(learner)
