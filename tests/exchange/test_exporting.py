"""What goes out passes the check, comes in as the same questions, and goes out alike again."""

from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from quizzes.assessment import discarding
from quizzes.assessment.models import Quiz, Slot
from quizzes.content import companions, keeping
from quizzes.content.models import Book
from quizzes.exchange import exporting, undoing, uploading
from quizzes.exchange.records.questions import comparable
from quizzes.items import standing
from quizzes.items.models import Item, Revision
from quizzes.items.wordings import OptionWording, Wording
from quizzes.people.models import User
from tests.exchange.sending import QUESTIONS
from tests.exchange.writing import OWN, write

pytestmark = pytest.mark.django_db

ADAPTED = {
    "q-00000001": "q-cause",
    "q-00000002": "storm--event-date",
    "q-00000005": "q-00000002",
}
"""From a question of the pack, from what a recipe made, and from one of the author's own."""


def export(book, author):
    found = exporting.export(book, author)
    assert found is not None
    return found


def unfolded(archive, place):
    with ZipFile(BytesIO(archive)) as zipped:
        zipped.extractall(place)
    [folder] = place.iterdir()
    return folder


def stand(book):
    """All that is said of each question of an author, by slug, without keys of this database."""
    facts = dict((book.about or book).facts.values_list("pk", "slug"))
    names = dict(Item.objects.values_list("pk", "slug"))
    return {
        slug: (
            said(one.wording, facts),
            one.item.section.slug,
            one.item.chapter.number,
            one.item.state,
            one.item.skill,
            one.item.difficulty,
            one.tags,
            names.get(one.item.adapted_from_id or 0),
            list(one.item.facts.order_by("item_facts__position").values_list("slug", flat=True)),
        )
        for origin in (Item.Origin.AUTHORED, Item.Origin.IMPORTED)
        for slug, one in standing.standing(book, origin).items()
    }


def said(wording, facts):
    """A wording with the facts of its options by slug."""
    options = tuple(replace(one, fact=None) for one in wording.options)
    slugs = sorted((one.text, facts[one.fact]) for one in wording.options if one.fact)
    return comparable(replace(wording, options=options)), slugs


def test_a_question_of_each_kind_goes_out_and_nothing_stays(lamp, own, author):
    found = export(lamp, author)

    assert [(one.row, one.doubt, one.reasons) for one in found.left_out] == []
    assert found.questions == len(OWN) == len(Revision.Kind)


def test_the_folder_passes_the_check(lamp, own, author, tmp_path):
    folder = unfolded(export(lamp, author).archive, tmp_path)
    out = StringIO()

    call_command("load_pack", folder, "--check", stdout=out)

    assert folder.name == "gull-point"
    assert out.getvalue() == "No problems: 22 facts.\n"


def test_the_pack_s_own_files_go_out_byte_for_byte(lamp, own, author, small_pack, tmp_path):
    folder = unfolded(export(lamp, author).archive, tmp_path)

    kept = {path.name: path.read_bytes() for path in small_pack.iterdir()}
    assert {name: (folder / name).read_bytes() for name in kept} == kept
    assert sorted(path.name for path in folder.iterdir() if path.name not in kept) == [
        "own-questions.yaml"
    ]


def test_it_comes_in_elsewhere_as_the_same_and_goes_out_with_the_same_bytes(
    lamp, own, author, noon, small_pack
):
    quiz = Quiz.objects.create(book=own, slug="mine", title="Mine: part 1", position=0)
    Slot.objects.create(quiz=quiz, position=0, item=Item.objects.get(slug="q-00000001"))
    Slot.objects.create(quiz=quiz, position=1, kind="number", weight=2, heading="Numbers")
    Slot.objects.create(quiz=quiz, position=2, fact_kind="term", count=2)
    for slug, origin in ADAPTED.items():
        adapt(own, slug, origin)
    first, there = export(lamp, author).archive, stand(own)
    forget_everything()

    call_command("load_pack", small_pack, stdout=StringIO(), stderr=StringIO())
    lamp, other = Book.objects.get(slug="gull-point"), User.objects.create_user("other")
    copy = uploading.receive(first, "first.zip", other, noon)
    uploading.load(copy, other, noon)

    came_in = stand(companions.companion(other, lamp))
    assert came_in == there
    assert {slug: came_in[slug][-2] for slug in ADAPTED} == ADAPTED
    assert set(Item.objects.filter(owner=other).values_list("origin", flat=True)) == {"imported"}
    came = Quiz.objects.get(slug="mine").slots.order_by("position")
    assert list(came.values_list("fact_kind", "count")) == [("", 1), ("", 1), ("term", 2)]
    assert Quiz.objects.get(slug="mine").published_at is None
    assert export(lamp, other).archive == first


def test_a_folder_that_went_out_becomes_a_site_s_pack_and_goes_out_again(
    lamp, own, author, tmp_path
):
    first = export(lamp, author).archive
    forget_everything()

    call_command("load_pack", unfolded(first, tmp_path), stdout=StringIO(), stderr=StringIO())
    lamp, other = Book.objects.get(slug="gull-point"), User.objects.create_user("other")

    assert Item.objects.filter(book=lamp, origin="pack", slug__in=OWN).count() == len(OWN)
    assert export(lamp, other).archive == first


def test_its_own_export_changes_nothing_where_it_comes_from(lamp, own, author, noon):
    before = list(Revision.objects.order_by("pk").values())
    copy = uploading.receive(export(lamp, author).archive, "own.zip", author, noon)

    outcome = uploading.load(copy, author, noon)

    assert outcome.changes == ()
    assert outcome.unchanged["questions"] == len(OWN)
    assert list(Revision.objects.order_by("pk").values()) == before
    assert not Item.objects.filter(book=own).exclude(origin="authored").exists()


def test_what_was_adapted_goes_out_without_what_stays(lamp, own, author, noon):
    adapt(own, "q-00000002", "q-00000001")
    adapt(own, "q-00000005", "q-00000002")
    Item.objects.get(slug="q-00000001").item_facts.all().delete()

    said = export(lamp, author).files["own-questions.yaml"]

    assert "slug: q-00000001" not in said
    assert "adapted_from: q-00000001" not in said
    assert "adapted_from: q-00000002" in said


def test_a_pack_of_before_takes_no_origin_away(lamp, own, author, noon):
    older = export(lamp, author).archive
    adapt(own, "q-00000001", "q-cause")

    outcome = uploading.load(uploading.receive(older, "a.zip", author, noon), author, noon)

    assert outcome.changes == ()
    assert Item.objects.get(slug="q-00000001").adapted_from == Item.objects.get(slug="q-cause")


def test_what_came_and_was_undone_goes_out_no_more(lamp, own, author, noon, send):
    before = export(lamp, author)
    coming = QUESTIONS.replace("came in June.", "came in June.\n  adapted_from: q-00000001")
    coming = before.files["own-questions.yaml"] + coming.partition("\n")[2]
    copy = send({**before.files, "own-questions.yaml": coming}, author)
    uploading.load(copy, author, noon)
    assert "slug: q-new" in export(lamp, author).files["own-questions.yaml"]

    undoing.undo(copy, noon)

    assert Item.objects.get(slug="q-new").state == "retired"
    assert export(lamp, author).archive == before.archive


def test_what_a_guard_refuses_is_told_and_left_out(lamp, own, author, noon):
    bare = Wording(
        kind="single",
        stem="Which?",
        answer="a",
        options=(
            OptionWording(text="a", fraction=10_000_000),
            OptionWording(text="b"),
            OptionWording(text="c"),
        ),
    )
    write(own, "q-bare", noon, author, wording=bare, tests=["storm"])
    mixed = Wording(
        kind="single",
        stem="What?",
        answer="a",
        rationale="So.",
        options=(
            OptionWording(text="a", fraction=10_000_000),
            OptionWording(text="b", fraction=5_000_000),
            OptionWording(text="c", feedback="No."),
        ),
    )
    write(own, "q-mixed", noon, author, wording=mixed, tests=["storm"])
    quiz = Quiz.objects.create(book=own, slug="mine", title="Mine", position=0)
    Slot.objects.create(quiz=quiz, position=0, item=Item.objects.get(slug="q-bare"))

    found = export(lamp, author)

    left = {one.row.slug: one for one in found.left_out}
    assert set(left) == {"q-bare", "q-mixed", "mine"}
    assert [one.where for one in left["q-bare"].reasons] == [("explanation",)]
    assert left["q-mixed"].doubt == "share"
    [reason] = left["mine"].reasons
    assert (reason.rule, reason.message) == ("reference", "`q-bare` is not among questions")
    assert found.questions == len(OWN)


def test_a_quiz_that_asks_what_is_made_of_a_fact_stays_and_says_so(lamp, own, author):
    made = Item.objects.filter(book=lamp).exclude(recipe="").order_by("pk")[0]
    quiz = Quiz.objects.create(book=own, slug="mine", title="Mine", position=0)
    Slot.objects.create(quiz=quiz, position=0, item=made)

    [left] = export(lamp, author).left_out

    assert (left.row, left.doubt, left.reasons) == (quiz, "recipe", ())


def test_an_author_without_a_question_gets_the_pack(lamp, author, small_pack):
    found = export(lamp, author)

    assert (found.questions, found.quizzes, found.left_out) == (0, 0, [])
    assert set(found.files) == {path.name for path in small_pack.iterdir()}


def test_a_book_that_came_with_no_pack_does_not_go_out(author):
    assert exporting.export(keeping.begin(author, "Mine"), author) is None


def adapt(book, slug, origin):
    """As if the author had adapted the one from the other."""
    found = Item.objects.get(slug=origin)
    Item.objects.filter(book=book, slug=slug).update(adapted_from=found)


def forget_everything():
    """As if on another site."""
    for book in [*Book.objects.filter(about__isnull=False), *Book.objects.filter(about=None)]:
        discarding.discard(book)
