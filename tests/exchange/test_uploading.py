"""A pack is shown as it will be loaded, loads what is its sender's to load, and can be undone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command

from quizzes.assessment.models import Quiz
from quizzes.content import companions
from quizzes.content.loading import NotThisPack
from quizzes.content.models import PackCopy
from quizzes.exchange import storing, undoing, uploading
from quizzes.exchange.undoing import NotToBeUndone
from quizzes.exchange.uploading import ChangedMeanwhile, LoadedAlready, UnfitArchive
from quizzes.items import revising
from quizzes.items.models import Item, Option, Revision
from tests.exchange.sending import QUESTION, QUESTIONS, everything, exported, in_force
from tests.exchange.writing import OWN, zipped

pytestmark = pytest.mark.django_db


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
    text = text.replace("- night\n", "- dark\n").replace(
        "skill: explain", "skill: evaluate\n  adapted_from: q-cause"
    )
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


def test_what_its_author_edited_since_is_left_as_it_stands(lamp, own, author, noon, send):
    files = exported(lamp, author)
    text = files["own-questions.yaml"].replace("Ada Morn kept it", "It was Ada Morn")
    copy = send({**files, "own-questions.yaml": text + QUESTION.lstrip()}, author)
    uploading.load(copy, author, noon)
    edited = Item.objects.get(slug="q-00000001")
    wording = revising.versions(edited)[0].wording
    mine = replace(wording, stem="In my own words?")
    revising.revise(edited, mine, author, noon + timedelta(days=1))

    assert undoing.undo(copy, noon + timedelta(days=2)) == ["q-00000001"]

    newest = revising.versions(edited)[0]
    assert (newest.number, newest.wording.stem) == (3, "In my own words?")
    assert Item.objects.get(slug="q-new").state == "retired"


def test_it_is_not_loaded_over_a_pack_that_was_not_seen(lamp, author, noon, send, files):
    """Two are read at once: the second one was read against what no longer stands."""
    first, second = (send(exported(lamp, author), author) for _one in range(2))
    late = uploading._read(second, author, is_site=False)
    PackCopy.objects.filter(book=lamp).update(taken_back_at=noon)
    storing.keep(files, noon + timedelta(hours=1), name="gull-point", book=lamp)
    uploading.load(first, author, noon)

    with pytest.raises(ChangedMeanwhile):
        uploading._load(second, late, author, noon)


def test_what_an_earlier_pack_brought_and_a_later_one_lacks_is_retired(lamp, author, noon, send):
    files = exported(lamp, author)
    first = send({**files, "own-questions.yaml": QUESTIONS}, author)
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
    copy = send({**changed, "own-questions.yaml": QUESTIONS}, author)

    shown = uploading.preview(copy, author, noon)

    assert shown.changes == ()
    assert "The site's book states no fact `light-hour`" in {p.message for p in shown.problems}
    assert {p.rule for p in shown.problems} == {"reference"}
    with pytest.raises(NotThisPack):
        uploading.load(copy, author, noon)


def test_a_problem_tells_where_it_is(lamp, author, noon, send, files):
    text = QUESTIONS.replace("explanation: It was", "explains: It was")
    copy = send({**files, "own-questions.yaml": text}, author)

    told = [str(problem) for problem in uploading.preview(copy, author, noon).problems]

    assert [line.partition(": ")[0] for line in told] == [
        "own-questions.yaml:2:3 shape",
        "own-questions.yaml:11:3 shape",
    ]


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
