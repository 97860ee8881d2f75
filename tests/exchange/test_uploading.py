"""A pack is shown as it will be loaded, loads what is its sender's to load, and can be undone."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from quizzes.assessment import discarding
from quizzes.assessment.models import Quiz
from quizzes.cards import planning
from quizzes.content import companions
from quizzes.content.loading import NotThisPack
from quizzes.content.models import Book, Fact, PackCopy, Term
from quizzes.exchange import exporting, storing, undoing, uploading
from quizzes.exchange.undoing import NotToBeUndone
from quizzes.exchange.uploading import LoadedAlready, UnfitArchive
from quizzes.items.models import Item, ItemFact, Key, Option, OptionKey, Revision, Tag
from quizzes.people.models import User
from tests.exchange.writing import OWN, zipped

pytestmark = pytest.mark.django_db

QUESTION = """
- slug: q-new
  kind: true_false
  unit: the-storm
  tests: [storm]
  skill: recall
  stem: The great storm came in June.
  options:
  - {text: 'True', correct: true}
  - {text: 'False', correct: false}
  explanation: It was on 11 June 1901.
"""


@pytest.fixture
def files(small_pack):
    return {path.name: path.read_text() for path in small_pack.iterdir()}


@pytest.fixture
def send(noon):
    def send(files, by, at=noon):
        return uploading.receive(zipped(files), "pack.zip", by, at)

    return send


def exported(book, author):
    found = exporting.export(book, author)
    assert found is not None
    return dict(found.files)


def everything():
    """All rows that say what is asked and how, without keys of revisions that came and went."""
    models = (Item, ItemFact, Tag, Fact, Quiz)
    rows = {m.__name__: list(m._default_manager.order_by("pk").values()) for m in models}
    for row in rows["Item"]:
        row.pop("revision_id")
    return rows


def in_force(book):
    """The wording in force of each question that may be asked."""
    items = Item.objects.filter(book=book).exclude(state="retired").order_by("slug")
    return [
        (
            item.slug,
            item.revision.stem,
            *Key.objects.filter(revision=item.revision).values_list("answer", "rationale"),
            list(
                OptionKey.objects.filter(option__revision=item.revision)
                .order_by("option__part", "option__position")
                .values_list("option__text", "fraction", "feedback")
            ),
        )
        for item in items.select_related("revision")
        if item.revision
    ]


def test_a_book_s_pack_is_kept_as_it_was_loaded(lamp, small_pack, files):
    [copy] = PackCopy.objects.all()

    assert storing.files(copy) == files
    assert (copy.book, copy.by) == (lamp, None)
    call_command("load_pack", small_pack)
    assert PackCopy.objects.count() == 1


def test_a_site_that_has_no_copy_yet_gets_it_at_the_next_load(lamp, small_pack, files):
    PackCopy.objects.all().delete()

    call_command("load_pack", small_pack)

    assert storing.files(PackCopy.objects.get()) == files


def test_what_is_shown_is_what_is_then_done(lamp, own, author, noon, send):
    files = exported(lamp, author)
    changed = files["own-questions.yaml"].replace("Ada Morn kept it", "It was Ada Morn")
    changed = changed.replace("Sam Pike", "Ned Cole", 1)
    copy = send({**files, "own-questions.yaml": changed + QUESTION.lstrip()}, author)
    before = everything()

    shown = uploading.preview(copy, author, noon)

    assert everything() == before
    assert [(c.of, c.fate, c.slug) for c in shown.changes] == [
        ("questions", "changed", "q-00000001"),
        ("questions", "new", "q-new"),
    ]
    assert shown.changes[0].before != shown.changes[0].after
    assert "It was Ada Morn" in shown.changes[0].after
    assert shown.unchanged == {"questions": len(OWN) - 1, "quizzes": 0}
    assert uploading.load(copy, author, noon) == shown
    assert Item.objects.get(slug="q-new").origin == "imported"
    assert Item.objects.get(slug="q-00000001").origin == "authored"
    assert Revision.objects.filter(item__slug="q-00000001").count() == 2


def test_undone_all_stands_as_it_stood(lamp, own, author, noon, send):
    files = exported(lamp, author)
    text = files["own-questions.yaml"].replace("Ada Morn kept it", "It was Ada Morn")
    text = text.replace("- night\n", "- dark\n").replace("skill: explain", "skill: evaluate")
    quizzes = (
        "quizzes:\n- {slug: mine, title: Mine, blueprint: [{item: q-new}, {unit: the-storm}]}\n"
    )
    sent = {**files, "own-questions.yaml": text + QUESTION.lstrip(), "own-quizzes.yaml": quizzes}
    before, said = everything(), in_force(own)
    copy = send(sent, author)
    uploading.load(copy, author, noon)
    assert everything() != before
    assert in_force(own) != said

    undoing.undo(copy, noon + timedelta(days=29))

    assert in_force(own) == said
    after = everything()
    assert [row for row in after["Item"] if row["slug"] != "q-new"] == before["Item"]
    assert Item.objects.get(slug="q-new").state == "retired"
    assert Quiz.objects.get(slug="mine").retired_at is not None
    assert exported(lamp, author)["own-questions.yaml"].count("slug: q-0") == len(OWN)


def test_what_an_earlier_pack_brought_and_a_later_one_lacks_is_retired(lamp, author, noon, send):
    files = exported(lamp, author)
    first = send({**files, "own-questions.yaml": f"questions:{QUESTION}"}, author)
    uploading.load(first, author, noon)
    second = send(files, author)

    outcome = uploading.load(second, author, noon + timedelta(hours=1))

    assert [(c.fate, c.slug) for c in outcome.changes] == [("retired", "q-new")]
    with pytest.raises(NotToBeUndone):
        undoing.undo(first, noon + timedelta(hours=2))
    undoing.undo(second, noon + timedelta(hours=2))
    assert Item.objects.get(slug="q-new").state == "ready"
    undoing.undo(first, noon + timedelta(hours=3))
    assert Item.objects.get(slug="q-new").state == "retired"


def test_what_was_written_here_stays_though_a_pack_lacks_it(lamp, own, author, noon, send):
    files = exported(lamp, author)
    del files["own-questions.yaml"]

    assert uploading.load(send(files, author), author, noon).changes == ()
    assert Item.objects.filter(book=own, state="ready").count() == len(OWN) - 2


def test_a_load_is_undone_within_thirty_days(lamp, author, noon, send):
    copy = send(exported(lamp, author), author)
    uploading.load(copy, author, noon)

    with pytest.raises(NotToBeUndone):
        undoing.undo(copy, noon + timedelta(days=30))


def test_a_pack_is_loaded_once(lamp, author, noon, send):
    copy = send(exported(lamp, author), author)
    uploading.load(copy, author, noon)

    with pytest.raises(LoadedAlready):
        uploading.load(copy, author, noon)


def test_the_book_s_own_questions_are_never_touched(lamp, author, noon, send, files):
    stood = in_force(lamp)
    changed = files["items.yaml"].replace("About 350 vessels went down.", "Read it up.")
    copy = send({**files, "items.yaml": changed}, author)

    outcome = uploading.load(copy, author, noon)

    assert in_force(lamp) == stood
    assert outcome.notes == ("q-boats: it is the pack's own, and stays as it is",)


def test_questions_are_judged_by_what_the_site_s_book_states(lamp, author, noon, send, files):
    """Whatever facts are sent along with them."""
    terms = files["terms.yaml"].replace("slug: dark-hour", "slug: light-hour")
    changed = {name: text.replace("dark-hour", "light-hour") for name, text in files.items()} | {
        "terms.yaml": terms
    }
    copy = send({**changed, "own-questions.yaml": f"questions:{QUESTION}"}, author)

    shown = uploading.preview(copy, author, noon)

    assert shown.changes == ()
    assert "The site's book states no fact `light-hour`" in {p.message for p in shown.problems}
    assert {p.rule for p in shown.problems} == {"reference"}
    with pytest.raises(NotThisPack):
        uploading.load(copy, author, noon)


def test_a_problem_tells_where_it_is(lamp, author, noon, send, files):
    text = f"questions:{QUESTION}".replace("explanation: It was", "explains: It was")
    copy = send({**files, "own-questions.yaml": text}, author)

    told = [str(problem) for problem in uploading.preview(copy, author, noon).problems]

    assert [line.partition(": ")[0] for line in told] == [
        "own-questions.yaml:2:3 shape",
        "own-questions.yaml:11:3 shape",
    ]


def renamed(files):
    """The same pack of a book that the site does not have."""
    pack = files["pack.yaml"].replace("slug: gull-point", "slug: gull-rock")
    return {**files, "pack.yaml": pack}


def test_a_pack_of_an_unknown_book_becomes_one_s_own(author, noon, send, files):
    sent = {**renamed(files), "own-questions.yaml": f"questions:{QUESTION}"}
    copy = send(sent, author)
    shown = uploading.preview(copy, author, noon)
    assert not Book.objects.exists()

    outcome = uploading.load(copy, author, noon)

    book = Book.objects.get()
    assert (book.owner, book.about, book.slug.startswith("gull-rock-")) == (author, None, True)
    assert outcome == shown
    assert book.facts.count() == 22
    assert book.items.filter(origin="pack").count() == 13
    assert book.items.get(slug="q-new").origin == "imported"
    assert exported(book, author) == sent | {
        "own-questions.yaml": exported(book, author)["own-questions.yaml"]
    }


def test_a_book_of_one_s_own_goes_out_and_in_with_the_same_bytes(author, noon, send, files):
    sent = {**renamed(files), "own-questions.yaml": f"questions:{QUESTION}"}
    uploading.load(send(sent, author), author, noon)
    first = exporting.export(Book.objects.get(), author)
    assert first is not None
    other = User.objects.create_user("other")

    copy = uploading.receive(first.archive, "pack.zip", other, noon)
    uploading.load(copy, other, noon)

    second = exporting.export(Book.objects.get(owner=other), other)
    assert second is not None
    assert second.archive == first.archive


def test_sent_again_it_brings_the_same_book_up_to_date_and_undo_brings_the_old_one_back(
    author, noon, send, files
):
    first = renamed(files)
    uploading.load(send(first, author), author, noon)
    book = Book.objects.get()
    planning.start(author, book, noon)
    stood, old = everything(), in_force(book)
    changed = {**first, "terms.yaml": first["terms.yaml"].replace("The later order", "The order")}
    copy = send(changed, author)
    shown = uploading.preview(copy, author, noon + timedelta(hours=1))

    outcome = uploading.load(copy, author, noon + timedelta(hours=1))

    assert outcome == shown
    assert [(c.of, c.fate, c.slug) for c in outcome.changes] == [("facts", "changed", "blackout")]
    assert Book.objects.count() == 1
    terms = Term.objects.filter(fact__slug="blackout").values_list("definition", flat=True)
    assert terms.get().startswith("The order")
    undoing.undo(copy, noon + timedelta(days=1))
    assert terms.get().startswith("The later order")
    assert in_force(book) == old
    assert everything() == stood


def test_undoing_the_first_load_of_a_book_retires_all_that_is_in_it(author, noon, send, files):
    copy = send(renamed(files), author)
    uploading.load(copy, author, noon)
    book = Book.objects.get()

    undoing.undo(copy, noon + timedelta(days=1))

    assert not book.items.exclude(state="retired").exists()
    assert not Fact.objects.filter(book=book).current().exists()
    assert not book.quizzes.filter(retired_at=None).exists()


def test_nobody_loads_over_somebody_else_s_book(author, noon, send, files):
    other = User.objects.create_user("other")
    uploading.load(send(renamed(files), other), other, noon)
    theirs = Book.objects.get()
    rows = list(theirs.items.order_by("pk").values())

    uploading.load(send(renamed(files), author), author, noon)

    assert list(theirs.items.order_by("pk").values()) == rows
    assert set(Book.objects.values_list("owner__username", flat=True)) == {"other", "author"}


def test_only_staff_load_for_the_site(author, noon, send, files):
    staff = User.objects.create_user("staff", is_staff=True)

    uploading.load(send(renamed(files), author), author, noon, is_site=True)
    uploading.load(send(renamed(files), staff), staff, noon, is_site=True)

    assert Book.objects.get(owner=None).slug == "gull-rock"
    assert Book.objects.get(owner=author).slug != "gull-rock"


def test_a_book_of_one_s_own_that_came_with_a_pack_can_be_deleted(author, noon, send, files):
    uploading.load(send(renamed(files), author), author, noon)

    discarding.discard(Book.objects.get())

    assert not Fact.objects.exists()
    assert not PackCopy.objects.exists()


def test_what_is_no_pack_is_refused_in_words(author, noon):
    with pytest.raises(UnfitArchive, match="no file of a pack"):
        uploading.receive(zipped({"run.sh": "rm"}), "x.zip", author, noon)
    assert not PackCopy.objects.exists()


def test_packs_that_were_only_looked_at_go_after_a_week(lamp, author, noon, send, time_machine):
    send({"pack.yaml": "a"}, author)
    send({"pack.yaml": "b"}, author, noon + timedelta(days=2))
    time_machine.move_to(noon + timedelta(days=8), tick=False)

    call_command("purge_packs")
    call_command("purge_packs")

    assert PackCopy.objects.filter(loaded_at=None).count() == 1
    assert PackCopy.objects.filter(book=lamp).count() == 1


def test_no_more_than_five_wait_to_be_loaded(author, noon, send):
    for hour in range(7):
        send({"pack.yaml": f"a: {hour}"}, author, noon + timedelta(hours=hour))

    waiting = PackCopy.objects.order_by("created_at")
    assert [copy.created_at for copy in waiting] == [noon + timedelta(hours=h) for h in range(2, 7)]


def test_a_companion_s_questions_are_no_cards(lamp, author, noon, send, files):
    text = f"questions:{QUESTION}  is_card: true\n"
    uploading.load(send({**files, "own-questions.yaml": text}, author), author, noon)

    item = Item.objects.get(slug="q-new")
    assert (item.is_card, item.is_question, item.book.about, item.owner) == (
        False,
        True,
        lamp,
        author,
    )
    assert item.book == companions.companion(author, lamp)
    assert Option.objects.filter(revision=item.revision).count() == 2
    assert Revision.objects.get(item=item).author == author
