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
from quizzes.exchange import exporting, telling, uploading
from quizzes.exchange.records.questions import comparable
from quizzes.items import composing, contributing, criticizing, standing
from quizzes.items.compositions import Choice, Composition, Line, Pair, Typed, canonical
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.items.snapshotting import snapshot
from quizzes.items.wordings import CriterionWording, OptionWording, Wording
from quizzes.people.models import User
from tests.exchange.writing import OWN, write

pytestmark = pytest.mark.django_db


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
    return {
        slug: (
            said(one.wording, facts),
            one.item.section.slug,
            one.item.chapter.number,
            one.item.state,
            one.item.skill,
            one.item.difficulty,
            one.tags,
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
    first, there = export(lamp, author).archive, stand(own)
    forget_everything()

    call_command("load_pack", small_pack, stdout=StringIO(), stderr=StringIO())
    lamp, other = Book.objects.get(slug="gull-point"), User.objects.create_user("other")
    copy = uploading.receive(first, "first.zip", other, noon)
    uploading.load(copy, other, noon)

    assert stand(companions.companion(other, lamp)) == there
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
    assert any("explanation" in reason for reason in left["q-bare"].reasons)
    assert left["q-mixed"].doubt == "share"
    assert left["mine"].reasons == (
        "`q-bare` is not among questions. Correct the slug or add the entry.",
    )
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


def forget_everything():
    """As if on another site."""
    for book in [*Book.objects.filter(about__isnull=False), *Book.objects.filter(about=None)]:
        discarding.discard(book)


def objection(book, item):
    """What the book's pack has against a question before it goes out."""
    [one] = [one for one in telling.own_questions(item.book) if one.item.pk == item.pk]
    found = exporting.objections(book, one, snapshot(book))
    return (found.doubt, found.reasons) if found else None


def choosing(*feedbacks, why="So."):
    """A question with a right option, and one wrong one for each feedback."""
    right = Choice(text="Morn", share=FULL_FRACTION)
    wrong = [Choice(text=f"Not {n}", feedback=said) for n, said in enumerate(feedbacks)]
    return Composition(kind="single", stem="Who?", choices=(right, *wrong), explanation=why)


REFUSED = (
    choosing("No.", "No.", why=""),
    choosing("No.", ""),
    choosing("No."),
    Composition(
        kind="matching",
        stem="Who was what?",
        pairs=(Pair(left="Morn", right="keeper"), Pair(left="Pike", right="pilot")),
        explanation="So.",
    ),
    Composition(
        kind="ordering",
        stem="In which order?",
        lines=tuple(Line(text=f"Line {n}") for n in range(3)),
        explanation="So.",
    ),
    Composition(kind="essay", stem="Why?", criteria=(CriterionWording(text="Names it"),)),
    Composition(
        kind="short_text",
        stem="Who?",
        typed=(Typed(said="Napoleon"),),
        explanation="It was Napoleon.",
    ),
    Composition(kind="date", stem="When?", typed=(Typed(said="3 July 1902"),), explanation="So."),
)
"""Questions that can be asked, and that no pack of the lamp takes."""


def test_what_would_be_left_out_is_told_before(lamp, own, author, noon):
    for n, one in enumerate(REFUSED):
        assert not any(remark.blocks for remark in criticizing.criticize(canonical(one)))
        write(own, f"q-bad-{n}", noon, author, wording=composing.wording(one), tests=["strike"])

    left = {one.row: (one.doubt, one.reasons) for one in export(lamp, author).left_out}

    assert {item.slug for item in left} == {f"q-bad-{n}" for n in range(len(REFUSED))}
    for item in Item.objects.filter(book=own):
        assert objection(lamp, item) == left.get(item)


def test_a_book_that_came_with_no_pack_objects_to_nothing(author):
    book = keeping.begin(author, "Mine")
    filed = Filing(chapter=book.chapters.all()[0])
    one = contributing.unsaved(composing.wording(choosing()), filed)

    assert exporting.objections(book, one, snapshot(book)) is None
