"""The pages on which a quiz is built, looked at, published, and given to classes."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import building, founding
from quizzes.assessment.building import Rule, Settings
from quizzes.assessment.models import Quiz, Slot
from tests.examining import make_item, make_quiz
from tests.web.building import order, url
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon", "asks")]
DAY = timedelta(days=1)


def test_a_quiz_begins_with_its_title(client, instructor, book):
    answer = client.post("/bank/lights/quizzes/", {"title": "Week one"})

    quiz = Quiz.objects.owned_by(instructor).get()
    assert answer["Location"] == url(quiz)
    assert "It asks nothing yet." in text(client.get(url(quiz)))
    assert "Week one 0 questions · draft" in text(client.get("/bank/lights/quizzes/"))


def test_a_quiz_of_the_pack_is_copied_and_changed(client, instructor, book):
    pack = make_quiz(book, book.items.get(slug="ask-0"))
    assert "Copy and change : A quiz: quiz" in text(client.get("/bank/lights/quizzes/"))

    answer = client.post(url(pack, "duplicate/"))

    copy = Quiz.objects.owned_by(instructor).get()
    assert answer["Location"] == url(copy)
    assert copy.title == "Copy of A quiz: quiz"


def test_a_blueprint_in_words_becomes_draws(client, quiz):
    client.post(url(quiz), {"act": "line", "line": "2 terms, 1 argument from section 1"})

    drawn = list(quiz.slots.order_by("position").values_list("count", "fact_kind"))
    assert drawn == [(2, "term"), (1, "argument")]
    told = text(client.get(url(quiz)))
    assert "Draws 2 questions · Term · section 1, Introduction, first part finds 6" in told


def test_what_is_no_blueprint_is_told_from_where_on(client, quiz):
    answer = client.post(url(quiz), {"act": "line", "line": "2 terms, 3 dragons"})

    assert answer.status_code == 422
    assert "From “3 dragons” on this could not be read." in text(answer)
    assert not quiz.slots.exists()


def test_more_than_one_wish_may_be_for_is_told_as_that(client, quiz):
    answer = client.post(url(quiz), {"act": "line", "line": "2 terms, 200 dates"})

    assert answer.status_code == 422
    assert "“200 dates”: one wish is for 1 to 100 questions." in text(answer)
    assert 'value="2 terms, 200 dates"' in answer.content.decode()


def test_a_section_that_is_not_there_is_told_beside_the_line(client, quiz):
    answer = client.post(url(quiz), {"act": "line", "line": "2 terms from sections 1-9"})

    assert answer.status_code == 409
    assert "The book has no section 9. Its sections are 1–2." in text(answer)
    assert 'value="2 terms from sections 1-9"' in answer.content.decode()


def test_the_outline_has_plain_words_and_the_numbers_of_sections(client, quiz, edit, book):
    item = book.items.select_related("revision").get(slug="ask-1")
    item.revision.stem_html = "<p>What of <em>this</em>?</p>"
    item.revision.save(update_fields=["stem_html"])
    building.add(quiz, edit, [item])

    assert "What of this? single choice · section 1" in text(client.get(url(quiz)))


def test_a_draw_says_first_what_it_finds(client, quiz):
    asked = {"count": "2", "weight": "1", "fact_kind": "term"}

    told = text(client.post(url(quiz), asked | {"act": "count"}))
    assert "That finds 6 questions." in told
    assert not quiz.slots.exists()

    client.post(url(quiz), asked | {"act": "draw"})
    assert quiz.slots.get().count == 2


def test_places_move_by_buttons_by_dragging_and_are_removed(client, quiz, edit, book):
    first, second, third = building.add(quiz, edit, list(book.items.filter(slug__contains="ask")))

    client.post(url(quiz), {"act": f"up-{third.pk}"})
    assert order(quiz) == [first.pk, third.pk, second.pk]
    client.post(url(quiz), {"act": f"down-{first.pk}"})
    assert order(quiz) == [third.pk, first.pk, second.pk]
    answer = client.post(
        url(quiz), {"act": f"arrange-{second.pk}", "order": [second.pk, third.pk, first.pk]}
    )
    assert order(quiz) == [second.pk, third.pk, first.pk]
    assert answer["Location"].endswith(f"#place-{second.pk}")
    client.post(url(quiz), {"act": f"remove-{third.pk}"})
    assert order(quiz) == [second.pk, first.pk]


def test_weights_and_headings_are_saved_together(client, quiz, edit, book):
    [slot] = building.draw(quiz, edit, [Rule(1)])
    named = {f"{slot.pk}-weight": "3", f"{slot.pk}-count": "2", f"{slot.pk}-heading": "Part one"}

    assert client.post(url(quiz), {"act": "save"} | named).status_code == 302

    slot.refresh_from_db()
    assert (slot.weight, slot.count, slot.heading) == (3, 2, "Part one")
    wrong = client.post(url(quiz), {"act": "save"} | named | {f"{slot.pk}-weight": "0"})
    assert wrong.status_code == 422


def test_another_quiz_s_place_is_not_moved(client, quiz, edit, instructor, book):
    other = founding.begin(instructor, book, Settings("Other"))
    [slot] = building.draw(other, edit, [Rule(1)])

    assert client.post(url(quiz), {"act": f"up-{slot.pk}"}).status_code == 404
    client.post(url(quiz), {"act": f"remove-{slot.pk}"})

    assert order(other) == [slot.pk]


def test_settings_are_kept(client, quiz):
    posted = {"title": "Week 1", "time_limit_minutes": "20", "pass_percent": "60"}

    client.post(url(quiz, "settings/"), posted)

    quiz.refresh_from_db()
    assert (quiz.title, quiz.time_limit_minutes) == ("Week 1", 20)
    assert (quiz.pass_fraction, quiz.is_shuffled) == (6_000_000, False)
    assert client.get(url(quiz, "settings/")).context["form"]["pass_percent"].value() == 60


def test_pages_take_the_same_queries_whatever_the_number_of_places(
    client, quiz, edit, book, instructor
):
    counts: dict[str, list[int]] = {"": [], "pick/": [], "publish/": []}
    for number, more in pairwise((0, 1, 10, 60)):
        items = [make_item(book, f"more-{n}") for n in range(number, more)]
        building.add(quiz, edit, items)
        building.draw(quiz, edit, [Rule(1)])
        for tail, found in counts.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url(quiz, tail)).status_code == 200
            found.append(len(captured))
    assert Slot.objects.filter(quiz=quiz).count() == 63
    assert {tail: len(set(found)) for tail, found in counts.items()} == dict.fromkeys(counts, 1)
