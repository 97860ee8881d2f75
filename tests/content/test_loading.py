"""A pack becomes rows, once; the rows outlive what the pack no longer says."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.content import loading
from quizzes.content.loading import Fate, NotThisPack
from quizzes.content.models import Alias, Argument, Book, Chapter, Citation, Event, Fact, Relation

pytestmark = pytest.mark.django_db

WITH_OLD_TWIGS = 20
"""Statements that clear away what hung on changed facts, however many they are."""

WRITES = ("INSERT", "UPDATE", "DELETE")


def rows_of_content() -> dict[str, list[dict[str, object]]]:
    """Every row of every table of this package."""
    tables: dict[str, list[dict[str, object]]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("quizzes.content"):
            tables[model.__name__] = list(model._default_manager.order_by("pk").values())
    return tables


def writes(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured if query["sql"].startswith(WRITES)]


def test_a_pack_becomes_a_book_with_chapters_sections_and_facts(folder, noon):
    report = loading.load(folder.pack(), noon)

    book = Book.objects.get()
    assert (report.book, book.title) == (book, "The Lamp at Gull Point")
    assert list(
        book.chapters.values_list("number", "first_page", "last_page").order_by("number")
    ) == [
        (0, 1, 9),
        (1, 10, 40),
    ]
    assert list(book.sections.values_list("slug", flat=True).order_by("position")) == [
        "the-storm",
        "the-quarrel",
    ]
    assert book.facts.count() == report.current == 22
    assert report.facts["event"] == {Fate.NEW: 6}


def test_a_fact_has_its_details_and_all_that_hangs_on_it(folder, noon):
    loading.load(folder.pack(), noon)

    inquiry = Event.objects.get(fact__slug="inquiry")
    assert (inquiry.precision, inquiry.not_before, inquiry.offset) == (
        "relative",
        date(1901, 6, 12),
        "+1 week",
    )
    assert inquiry.anchor == Event.objects.get(fact__slug="storm")
    assert (inquiry.fact.chapter.number, inquiry.fact.chapter_basis) == (1, "inferred")

    storm = Event.objects.get(fact__slug="storm")
    assert [(str(p), p.role) for p in storm.participants.order_by("position")] == [
        ("Ada Morn", "keeper"),
        ("a passing pilot", ""),
    ]
    assert [str(place) for place in storm.places.all()] == ["Gull Point"]

    charge = Argument.objects.get(fact__slug="sleeping-keeper")
    assert (charge.stance, charge.conceded) == ("rejects", "She had worked two nights.")
    assert [str(holder) for holder in charge.holders.all()] == ["Harbor Board"]
    objection = charge.objections.get()
    assert (str(objection.raised_by), [f.slug for f in objection.facts.all()]) == (
        "Tom Reed",
        ["storm"],
    )
    assert {(c.aspect, c.first_page) for c in charge.fact.citations.all()} == {
        ("", 6),
        ("stance", 7),
    }


def test_citations_keep_pages_numbering_notes_and_anchors(folder, noon):
    loading.load(folder.pack(), noon)

    author = Citation.objects.get(fact__slug="author")
    assert (author.numbering, author.first_page, author.last_page) == ("roman", 7, 7)
    keeper = Citation.objects.get(fact__slug="morn", role=None, aspect="")
    assert (keeper.first_page, keeper.last_page, keeper.notes) == (1, 2, "4")
    part = Citation.objects.get(fact__slug="morn", role__text="keeper of the lamp")
    assert part.anchors == "Morn"


def test_relations_come_from_lists_of_slugs_too(folder, noon):
    loading.load(folder.pack(), noon)

    told = {(r.from_fact.slug, r.type, r.to_fact.slug) for r in Relation.objects.all()}

    assert told == {
        ("storm", "precedes", "inquiry"),
        ("petition", "precedes", "closure"),
        ("strike", "causes", "closure"),
        ("empty-oil", "rival_of", "sleeping-keeper"),
        ("dark-hour", "differs_from", "blackout"),
    }
    assert Citation.objects.get(relation__type="causes").first_page == 8


def test_facts_stand_in_the_order_of_their_pages(folder, noon):
    loading.load(folder.pack(), noon)

    pages = [
        min(fact.citations.filter(aspect="", role=None).values_list("first_page"))
        for fact in Fact.objects.filter(section__slug="the-quarrel").in_order()
    ]

    assert len(pages) == 13
    assert pages == sorted(pages)


def test_the_same_pack_a_second_time_writes_nothing_and_says_so(folder, noon):
    loading.load(folder.pack(), noon)
    before = rows_of_content()

    with CaptureQueriesContext(connection) as captured:
        report = loading.load(folder.pack(), noon + timedelta(days=1))

    assert writes(captured) == []
    assert str(report) == "Nothing changed: 22 facts, 2 sections"
    assert rows_of_content() == before


def test_other_code_loads_the_same_pack_anew(folder, noon):
    pack = folder.pack()
    loading.load(pack, noon, edition="one")
    Fact.objects.filter(slug="storm").update(label="The small storm")
    assert not loading.load(pack, noon, edition="one").has_changed

    report = loading.load(pack, noon, edition="two")

    assert report.facts["event"] == {Fate.CHANGED: 1, Fate.UNCHANGED: 5}
    assert Fact.objects.get(slug="storm").label == "The great storm"


def test_a_remark_in_the_pack_changes_no_fact(folder, noon):
    loading.load(folder.pack(), noon)
    before = rows_of_content()
    folder.append("terms.yaml", "# a remark\n")
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")

    with CaptureQueriesContext(connection) as captured:
        report = loading.load(folder.pack(), noon)

    assert {sql.split()[1] for sql in writes(captured)} == {'"quizzes_book"'}
    assert report.facts["term"] == {Fate.UNCHANGED: 2}
    after = rows_of_content()
    assert {name for name in after if after[name] != before[name]} == {"Book"}


def test_what_changed_is_written_and_the_rest_is_left(folder, noon):
    loading.load(folder.pack(), noon)
    kept = set(Alias.objects.values_list("pk", flat=True))
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    folder.replace(
        "figures.yaml", "roles: [{text: historian of the coast}]", "roles: [{text: poet}]"
    )
    folder.replace("terms.yaml", "The later order to put out", "A later order to put out")

    report = loading.load(folder.pack(), noon)

    assert report.facts["figure"] == {Fate.CHANGED: 1, Fate.UNCHANGED: 6}
    assert report.facts["term"] == {Fate.CHANGED: 1, Fate.UNCHANGED: 1}
    assert Fact.objects.get(slug="reed").figure.roles.get().text == "poet"
    assert set(Alias.objects.values_list("pk", flat=True)) == kept
    assert "2 changed" in str(report)


def test_a_fact_that_vanished_is_retired_and_keeps_its_row(folder, noon):
    loading.load(folder.pack(), noon)
    row = Fact.objects.get(slug="petitioners")
    text = (folder.path / "quantities.yaml").read_text()
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    (folder.path / "quantities.yaml").write_text(text.partition("- slug: petitioners")[0])

    report = loading.load(folder.pack(), noon)

    row.refresh_from_db()
    assert row.retired_at == noon
    assert row not in Fact.objects.current()
    assert (report.current, report.facts["quantity"][Fate.RETIRED]) == (21, 1)


def test_a_fact_that_comes_back_is_the_same_fact(folder, noon):
    loading.load(folder.pack(), noon)
    pk = Fact.objects.get(slug="blackout").pk
    spoiled = {
        file: (folder.path / file).read_text()
        for file in ("terms.yaml", "items.yaml", "confusables.yaml", "pack.yaml")
    }
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    folder.replace("terms.yaml", "not_the_same_as: [blackout]", "core: false")
    terms = (folder.path / "terms.yaml").read_text()
    (folder.path / "terms.yaml").write_text(terms.partition("- slug: blackout")[0])
    (folder.path / "items.yaml").unlink()
    (folder.path / "confusables.yaml").unlink()
    loading.load(folder.pack(), noon)
    assert not Fact.objects.current().filter(slug="blackout").exists()

    for file, text in spoiled.items():
        (folder.path / file).write_text(text)
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 3")
    report = loading.load(folder.pack(), noon)

    assert Fact.objects.current().get(slug="blackout").pk == pk
    assert report.facts["term"] == {Fate.RETURNED: 1, Fate.CHANGED: 1}
    assert Relation.objects.filter(type="differs_from").count() == 1


def test_a_retired_fact_is_joined_to_nothing(folder, noon):
    loading.load(folder.pack(), noon)
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    folder.replace("terms.yaml", "not_the_same_as: [blackout]", "core: false")
    terms = (folder.path / "terms.yaml").read_text()
    head, _, tail = terms.partition("- slug: dark-hour")
    (folder.path / "terms.yaml").write_text(
        head + "- slug: blackout" + tail.split("- slug: blackout")[1]
    )
    (folder.path / "items.yaml").unlink()
    (folder.path / "confusables.yaml").unlink()

    loading.load(folder.pack(), noon)

    gone = Fact.objects.get(slug="dark-hour")
    assert gone.retired_at == noon
    assert not gone.relations.exists()
    assert not gone.confusables.exists()


def test_chapters_may_change_places(folder, noon):
    loading.load(folder.pack(), noon)
    first = Chapter.objects.get(number=0).pk
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    folder.replace("pack.yaml", "slug: introduction", "slug: x")
    folder.replace("pack.yaml", "slug: the-tower", "slug: introduction")
    folder.replace("pack.yaml", "slug: x", "slug: the-tower")

    loading.load(folder.pack(), noon)

    assert Chapter.objects.get(slug="the-tower").pk == first


def test_a_pack_that_changed_has_another_version(folder, noon):
    loading.load(folder.pack(), noon)
    folder.append("terms.yaml", "# a remark\n")
    place = folder.place_of("pack.yaml", "1\nschema_version")

    with pytest.raises(NotThisPack) as refused:
        loading.load(folder.pack(), noon)

    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == ("pack.yaml", *place)
    assert (problem.rule, problem.remedy) == ("version", "Make it version 2")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("quantities.yaml", "value: 350", "value: 360"),
        ("quantities.yaml", "bound: at_least", "bound: more_than"),
        ("arguments.yaml", "stance: {value: doubts}", "stance: {value: rejects}"),
        (
            "events.yaml",
            "11 June 1901, precision: day, not_before: 1901-06-11, not_after: 1901-06-11",
            "10 June 1901, precision: day, not_before: 1901-06-10, not_after: 1901-06-10",
        ),
    ],
)
def test_another_answer_says_that_it_is_another(folder, noon, file, old, new):
    (folder.path / "items.yaml").unlink()
    loading.load(folder.pack(), noon)
    before = rows_of_content()
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    folder.replace(file, old, new)

    with pytest.raises(NotThisPack) as refused:
        loading.load(folder.pack(), noon)

    (problem,) = refused.value.problems
    assert (problem.file, problem.rule) == (file, "changed-key")
    assert rows_of_content() == before


def test_another_answer_that_says_so_is_loaded(folder, noon):
    (folder.path / "items.yaml").unlink()
    loading.load(folder.pack(), noon)
    folder.replace("pack.yaml", "\nversion: 1", "\nversion: 2")
    folder.replace("quantities.yaml", "value: 350", "change: substantive\n  value: 360")

    report = loading.load(folder.pack(), noon)

    assert report.facts["quantity"] == {Fate.CHANGED: 1, Fate.UNCHANGED: 2}


def test_a_draft_may_change_as_it_likes(folder, noon):
    (folder.path / "items.yaml").unlink()
    loading.load(folder.pack(), noon)
    folder.replace("quantities.yaml", "value: 350", "value: 360")

    report = loading.load(folder.pack(), noon, is_draft=True)

    assert report.facts["quantity"][Fate.CHANGED] == 1


def test_a_slug_never_becomes_a_fact_of_another_kind(folder, noon):
    loading.load(folder.pack(), noon)
    (folder.path / "items.yaml").unlink()
    folder.replace("places.yaml", "slug: gull-point-cape", "slug: petitioners")
    folder.replace("events.yaml", "places: [gull-point-cape]", "places: [petitioners]")
    folder.replace("quantities.yaml", "slug: petitioners", "slug: gull-point-cape")

    with pytest.raises(NotThisPack) as refused:
        loading.load(folder.pack(), noon, is_draft=True)

    assert {p.rule for p in refused.value.problems} == {"slug"}


def test_a_learners_own_book_is_not_overwritten(folder, noon, django_user_model):
    owner = django_user_model.objects.create(username="ada")
    Book.objects.create(slug="gull-point", title="My own", owner=owner)

    with pytest.raises(NotThisPack):
        loading.load(folder.pack(), noon)

    assert Book.objects.get().title == "My own"


def test_the_number_of_queries_does_not_grow_with_the_number_of_facts(folder, noon):
    def load(version: int) -> int:
        text = (folder.path / "pack.yaml").read_text()
        (folder.path / "pack.yaml").write_text(
            text.replace(f"\nversion: {version - 1}", f"\nversion: {version}")
        )
        with CaptureQueriesContext(connection) as captured:
            loading.load(folder.pack(), noon)
        return len(captured)

    load(1)
    counts = []
    for version, more in ((2, 1), (3, 10), (4, 60)):
        for number in range(more):
            folder.append(
                "figures.yaml",
                f"- {{slug: keeper-{version}-{number}, unit: the-storm, name: A keeper,"
                " sort_name: keeper, kind: person, roles: [{text: keeper of a lamp}],"
                " aliases: [{text: warden}],"
                " locators: [{source: lamp, pages: [1, 1], basis: stated}]}\n",
            )
        counts.append(load(version))
    assert counts[0] == counts[1] == counts[2]

    figures = (folder.path / "figures.yaml").read_text()
    (folder.path / "figures.yaml").write_text(figures.replace("keeper-2", "keeper-5"))
    few = load(5)
    figures = (folder.path / "figures.yaml").read_text()
    changed = figures.replace("warden", "guardian").replace("keeper-3", "keeper-6")
    (folder.path / "figures.yaml").write_text(changed)
    assert load(6) <= few + WITH_OLD_TWIGS
