"""A whole list comes in: some are invited, some get accounts, and slips open those alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.identifiers import uuid7
from quizzes.people import (
    auditing,
    enlisting,
    issuing,
    joining,
    placing,
    recognizing,
    rolls,
    transcribing,
)
from quizzes.people.issuing import NotIssuedHere
from quizzes.people.models import Enrollment, User
from quizzes.people.rolls import Line


@pytest.fixture
def enlist(company, classroom, noon):
    """Enlist these lines."""

    def enlisted(*lines):
        return enlisting.enlist(classroom, company["instructor"], lines, noon)

    return enlisted


def test_who_has_no_address_has_a_place_at_once_and_who_has_one_is_invited(enlist, classroom):
    enlisted = enlist(Line(1, "Olga Baer"), Line(2, "Vera Lem", "vera@example.org"))

    [place], [invitation] = enlisted.places, enlisted.invitations
    assert place.role == Enrollment.Role.STUDENT
    assert (place.user.name, place.user.issued_by) == ("Olga Baer", classroom)
    assert place.user.username.startswith("olga-baer-")
    assert not place.user.has_usable_password()
    assert (invitation.email, invitation.role) == ("vera@example.org", "student")
    assert not User.objects.filter(email="vera@example.org").exists()


def test_an_address_that_has_an_account_is_invited_like_any_other(enlist, company):
    User.objects.filter(pk=company["stranger"].pk).update(email="stranger@example.org")

    enlisted = enlist(Line(1, "S", "stranger@example.org"), Line(2, "N", "nobody@example.org"))

    assert [one.accepted_by for one in enlisted.invitations] == [None, None]
    assert enlisted.places == []


def test_names_in_any_script_become_names_to_sign_in_with(enlist):
    names = ("Жуков", "Ångström Öberg", "李小龍", "!!!", "x" * 80, "Anna", "Anna B")
    places = enlist(*(Line(n, name) for n, name in enumerate(names))).places

    usernames = [place.user.username for place in places]
    assert len(set(usernames)) == len(names)
    assert usernames[0].startswith("student-")
    assert usernames[1].startswith("angstrom-oberg-")
    for place in places:
        place.user.full_clean(exclude=["password"])


def test_who_is_in_the_class_or_invited_is_known(enlist, classroom, noon):
    enlist(Line(1, "Olga Baer"), Line(2, "Vera", "Vera@example.org"))

    known = enlisting.known(classroom, noon)

    again = transcribing.lines("olga baer\nVera,vera@example.org\nAnna")
    found = recognizing.recognized(again, known)
    assert [line.name for line in rolls.good(found)] == ["Anna"]
    assert rolls.at_fault(found) == []


def test_five_hundred_take_as_many_queries_as_one(enlist):
    counts = []
    for name, size in (("one", 1), ("ten", 10), ("all", 500)):
        lines = [Line(n, f"{name} {n}") for n in range(size)]
        lines += [Line(n, "", f"{name}{n}@example.org") for n in range(size)]
        with CaptureQueriesContext(connection) as captured:
            enlist(*lines)
        counts.append(len(captured))

    assert counts == [counts[0]] * 3
    assert User.objects.filter(issued_by__isnull=False).count() == 511


def test_a_slip_opens_its_account_and_a_new_one_ends_the_old(enlist, company, classroom, noon):
    [place] = enlist(Line(1, "Olga Baer")).places
    instructor = company["instructor"]
    assert list(issuing.without_slip(classroom)) == [place]

    [slip] = issuing.issue(classroom, instructor, uuid7(), [place], noon)
    assert User.objects.get(pk=place.user_id).check_password(slip.password)
    assert list(issuing.without_slip(classroom)) == []

    [second] = issuing.issue(classroom, instructor, uuid7(), [place], noon)
    student = User.objects.get(pk=place.user_id)
    assert student.check_password(second.password)
    assert not student.check_password(slip.password)


def test_an_account_that_was_taken_over_is_opened_by_no_slip(enlist, company, classroom, noon):
    [place] = enlist(Line(1, "Olga Baer")).places
    issuing.issue(classroom, company["instructor"], uuid7(), [place], noon)
    before = User.objects.get(pk=place.user_id).password

    issuing.take_over(place.user)

    with pytest.raises(NotIssuedHere):
        issuing.issue(classroom, company["instructor"], uuid7(), [place], noon)
    assert User.objects.get(pk=place.user_id).password == before


@pytest.mark.parametrize(
    "whose", ["own account", "former", "teaches", "staff", "came into another", "had left"]
)
def test_no_slip_opens_what_is_not_the_classes_to_open(enlist, company, classroom, noon, whose):
    other = Enrollment.objects.get(user=company["colleague"]).classroom
    [place] = enlist(Line(1, "Olga Baer")).places
    if whose == "own account":
        place = classroom.enrollments.get(user=company["student"])
    elif whose == "former":
        placing.remove(place, company["instructor"], noon)
    elif whose == "teaches":
        Enrollment.objects.create(
            classroom=other, user=place.user, role="assistant", joined_at=noon
        )
    elif whose == "came into another":
        joining.enroll(other, place.user, noon)
    elif whose == "had left":
        placing.take_back(placing.leave(place, noon), company["instructor"], noon)
    else:
        User.objects.filter(pk=place.user_id).update(is_staff=True)

    with pytest.raises(NotIssuedHere):
        issuing.issue(classroom, company["instructor"], uuid7(), [place], noon)
    assert place not in issuing.without_slip(classroom)


def test_passwords_can_be_read_aloud_and_none_is_like_another():
    draw, places = uuid7(), [Enrollment(user=User(pk=number)) for number in range(200)]
    drawn = {issuing.slip(uuid7(), places[0]).password for _one in range(200)}
    drawn |= {issuing.slip(draw, place).password for place in places}

    assert len(drawn) == 400
    assert all(len(one) == 19 and set(one) <= set("bdfghkmnprstvzaeiou-") for one in drawn)


@pytest.fixture
def again(company, classroom, noon):
    """Make slips as a page asks for them that saw these places so; used ones are spared."""

    def made(draw, seen, *, spares_used=True):
        held = issuing.issuable(classroom).in_bulk(seen)
        wanted = {held[pk]: saw for pk, saw in seen.items()}
        by = company["instructor"]
        return issuing.issue_seen(classroom, by, draw, wanted, noon, spares_used=spares_used)

    return made


def see(classroom):
    return {one.pk: issuing.seen(one.user) for one in issuing.issuable(classroom)}


def opens(slip):
    return User.objects.get(pk=slip.user.pk).check_password(slip.password)


def test_the_same_slips_are_made_once_and_told_again(enlist, classroom, again):
    places = enlist(Line(1, "Olga Baer"), Line(2, "Vera Lem")).places
    draw, saw = uuid7(), see(classroom)

    first = again(draw, {places[0].pk: saw[places[0].pk]})
    both = again(draw, saw)

    assert first == both[:1]
    assert all(opens(slip) for slip in both)
    assert list(issuing.unused(classroom)) == places
    assert again(uuid7(), saw) == []
    assert opens(first[0])
    assert [one.text for one in auditing.in_class(classroom).filter(act="issue-slips")] == [
        "1 sign-in slip is made."
    ] * 2


def test_a_slip_that_a_newer_one_replaced_opens_nothing_again(enlist, classroom, again):
    enlist(Line(1, "Olga Baer"))
    again(uuid7(), see(classroom))
    lost, saw = uuid7(), see(classroom)
    [old] = again(lost, saw)
    [new] = again(uuid7(), see(classroom))

    assert again(lost, saw) == []
    assert (opens(old), opens(new)) == (False, True)


def test_who_has_signed_in_is_spared_unless_meant(enlist, classroom, again, noon):
    [place] = enlist(Line(1, "Olga Baer")).places
    [old] = again(uuid7(), see(classroom))
    User.objects.filter(pk=place.user_id).update(last_login=noon)
    saw = see(classroom)

    assert again(uuid7(), saw) == []
    assert opens(old)
    [new] = again(uuid7(), saw, spares_used=False)
    assert (opens(old), opens(new)) == (False, True)


def test_of_two_who_make_slips_at_once_one_does(enlist, company, classroom, noon):
    [place] = enlist(Line(1, "Olga Baer")).places
    [stale], [same] = issuing.without_slip(classroom), issuing.without_slip(classroom)
    draw = uuid7()
    [slip] = issuing.issue(classroom, company["instructor"], draw, [place], noon)

    assert issuing.issue(classroom, company["assistant"], uuid7(), [stale], noon) == []
    assert issuing.issue(classroom, company["instructor"], draw, [same], noon) == [slip]
    assert User.objects.get(pk=place.user_id).check_password(slip.password)
