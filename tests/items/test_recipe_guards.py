"""Whatever the facts, no draft breaks a guard: recipes on generated books."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.items.normalizing import answer_key
from quizzes.items.recipes import write
from quizzes.items.snapshots import (
    ArgumentFact,
    BookFacts,
    EventFact,
    FigureFact,
    HolderFact,
    QuantityFact,
    RoleText,
    TermFact,
    When,
)

SURNAMES = ("Malloy", "Reyes", "Quist", "Dunn", "Vane", "Ost", "Brandt", "Sorel")
JOBS = ("harbor master", "lamp inspector", "signal clerk", "coast minister", "night editor")
PLACES = ("of Port Aldo", "of Cape Sorrow", "of the Lights Board", "of the northern stations")
CLAIMS = (
    "The keepers struck for wages",
    "Fog had made the rosters unbearable",
    "Newspapers talked the men into it",
    "A quarrel between two inspectors spread",
    "Nobody had planned the walkout beforehand",
    "The ministry wanted cheaper lamps",
)
FRAMES = ("according to", "alleged", "supposed", "claimed", "official", "ascribed to")
BOUND_WORDS = {"about": "about", "at_least": "at least", "nearly": "nearly", "exact": ""}

sections = st.sampled_from(("one", "two"))
groups = st.frozensets(st.sampled_from(("board", "crew")), max_size=1)


@st.composite
def figures(draw):
    number = draw(st.integers(2, 8))
    return [
        FigureFact(
            slug=f"figure-{n}",
            label=f"{'ABCDEFGH'[n]}nna {SURNAMES[n]}",
            part=draw(st.sampled_from(("actor", "historian"))),
            section=draw(sections),
            groups=draw(groups),
            roles=(
                RoleText(text=f"{draw(st.sampled_from(JOBS))} {draw(st.sampled_from(PLACES))}"),
            ),
        )
        for n in range(number)
    ]


@st.composite
def events(draw):
    made = []
    for n in range(draw(st.integers(0, 8))):
        start = date(1911, 1, 1) + timedelta(days=draw(st.integers(0, 900)))
        length = draw(st.sampled_from((0, 27, 90, 364)))
        precision = {0: "day", 27: "month", 90: "season", 364: "year"}[length]
        when = When(
            label=f"{precision} from {start.isoformat()}",
            precision=precision,
            not_before=start,
            not_after=start + timedelta(days=length),
        )
        status = draw(st.sampled_from(("occurred", "alleged", "claimed", "planned")))
        made.append(
            EventFact(
                slug=f"event-{n}", label=f"Storm {n}", section="one", when=when, status=status
            )
        )
    return made


@st.composite
def arguments(draw, people):
    holders = [HolderFact(name=one.label, figure=one.slug) for one in people]
    holders.append(HolderFact(name="one historian", is_anonymous=True))
    holders.append(HolderFact(name="the author", figure="author", is_author=True))
    stances = ("asserts", "accepts", "qualifies", "reports", "doubts", "rejects", "open")
    return [
        ArgumentFact(
            slug=f"argument-{n}",
            label=claim,
            statement=claim,
            section=draw(sections),
            stance=draw(st.sampled_from(stances)),
            kind=draw(st.sampled_from(("reported_view", "official_charge", "author_claim"))),
            holders=tuple(draw(st.lists(st.sampled_from(holders), max_size=2, unique=True))),
            rivals=draw(st.frozensets(st.sampled_from(("argument-0", "argument-1")), max_size=1))
            - {f"argument-{n}"},
        )
        for n, claim in enumerate(CLAIMS[: draw(st.integers(0, len(CLAIMS)))])
    ]


@st.composite
def quantities(draw):
    return [
        QuantityFact(
            slug=f"quantity-{n}",
            label=f"Count {n}",
            statement="Keepers counted",
            value=draw(st.integers(50, 500)),
            bound=draw(st.sampled_from(tuple(BOUND_WORDS))),
            unit="keepers",
            population=draw(st.sampled_from(("in the north", "in the south", "at sea"))),
        )
        for n in range(draw(st.integers(0, 6)))
    ]


@st.composite
def terms(draw):
    meanings = st.sampled_from(("short turn of the evening", "boat with a new crew", "old lamp"))
    return [
        TermFact(slug=f"term-{n}", label=f"word{n}", definition=f"{draw(meanings)} {n}")
        for n in range(draw(st.integers(0, 6)))
    ]


@st.composite
def books(draw):
    people = draw(figures())
    return {
        "figures": people,
        "events": draw(events()),
        "arguments": draw(arguments(people)),
        "quantities": draw(quantities()),
        "terms": draw(terms()),
    }


def made(book):
    return write(BookFacts(**book), {})


@given(books())
def test_every_draft_reads_on_both_sides_and_has_a_name_of_its_own(book):
    drafts = made(book)

    assert len({draft.slug for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft.stem.endswith("?")
        assert draft.answer
        assert answer_key(draft.answer) not in answer_key(draft.stem)


@given(books())
def test_a_choice_has_one_key_and_three_reasoned_distractors_that_differ(book):
    for draft in made(book):
        keys = [option for option in draft.options if option.is_key]
        wrong = [option for option in draft.options if not option.is_key]
        if draft.options:
            assert len(keys) == 1
            assert len(wrong) == 3
            assert all(option.why for option in wrong)
            assert len({answer_key(option.text) for option in draft.options}) == 4


@given(books(), st.randoms(use_true_random=False))
def test_the_items_do_not_depend_on_the_order_of_the_facts(book, chance):
    shuffled = {name: chance.sample(facts, len(facts)) for name, facts in book.items()}

    assert made(shuffled) == made(book)


@given(books())
def test_written_again_the_items_stay_as_they_are(book):
    drafts = made(book)
    before = {
        draft.slug: [option.text for option in draft.options if not option.is_key]
        for draft in drafts
    }

    assert write(BookFacts(**book), before) == drafts


@given(books())
def test_no_person_beside_the_key_fits_the_question(book):
    people = {figure.slug: figure for figure in book["figures"]}
    for draft in made(book):
        if draft.recipe == "figure-role":
            subject = people[draft.subject]
            for option in draft.options:
                if not option.is_key:
                    other = people[option.fact]
                    assert not subject.groups & other.groups
                    assert subject.roles != other.roles
                    assert (subject.part == "historian") == (other.part == "historian")


@given(books())
def test_no_date_beside_the_key_overlaps_it(book):
    events = {event.slug: event.when for event in book["events"]}
    for draft in made(book):
        if draft.recipe == "event-date":
            when = events[draft.subject]
            for option in draft.options:
                if not option.is_key:
                    other = events[option.fact]
                    assert other.not_after < when.not_before or when.not_after < other.not_before


@given(books())
def test_no_holder_of_the_view_stands_beside_the_key_and_nobody_unnamed_is_one(book):
    arguments = {argument.slug: argument for argument in book["arguments"]}
    for draft in made(book):
        if draft.recipe == "argument-holder":
            holders = arguments[draft.subject].holders
            assert not any(holder.is_anonymous for holder in holders)
            wrong = {option.fact for option in draft.options if not option.is_key}
            assert not wrong & {holder.figure for holder in holders}


@given(books())
def test_a_view_that_the_author_does_not_share_is_framed(book):
    arguments = {argument.slug: argument for argument in book["arguments"]}
    for draft in made(book):
        argument = arguments.get(draft.subject)
        if argument is None:
            continue
        is_shared = argument.stance in ("asserts", "accepts")
        if not is_shared or argument.kind == "official_charge":
            named = [holder.name for holder in argument.holders if holder.name in draft.stem]
            assert named or any(frame in draft.stem.lower() for frame in FRAMES)


@given(books())
def test_what_did_not_surely_happen_is_not_told_as_if_it_had(book):
    status = {event.slug: event.status for event in book["events"]}
    for draft in made(book):
        if status.get(draft.subject, "occurred") != "occurred":
            assert any(word in draft.stem for word in ("alleged", "claimed", "planned"))


@given(books())
def test_a_number_keeps_its_bound_and_what_it_counts(book):
    quantities = {quantity.slug: quantity for quantity in book["quantities"]}
    for draft in made(book):
        if draft.subject in quantities:
            quantity = quantities[draft.subject]
            assert quantity.population in draft.stem
            assert draft.answer.lower().startswith(BOUND_WORDS[quantity.bound])
            for option in draft.options:
                if not option.is_key:
                    other = quantities[option.fact]
                    assert other.value != quantity.value
                    assert other.population != quantity.population
