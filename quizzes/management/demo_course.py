"""The instructor's side of the demo: a quiz of their own, what came of it, and what they did then.

Two questions of it are adapted from the book's own. The key of one was a slip, which item analysis
found: it was set right and the quiz marked anew. Of the other the best students choose another
answer than the key, and one of them says why: that is left for whoever looks around.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.urls import reverse

from quizzes.assessment import (
    assigning,
    assigning_cards,
    attempting,
    blueprints,
    building,
    extending,
    founding,
    overriding,
    regrading,
    releasing,
    responding,
    sheets,
    wishing,
)
from quizzes.assessment.assigning import Plan
from quizzes.assessment.building import Edit, Look, Settings
from quizzes.assessment.informing import Message
from quizzes.assessment.models import Assignment, Attempt, Quiz, Regrade
from quizzes.assessment.regrading import Proposal
from quizzes.cards import rewording
from quizzes.content.models import Book
from quizzes.items import contributing, reporting
from quizzes.items.compositions import Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.items.wordings import CriterionWording
from quizzes.management.demo_answers import beside, chance, respond, uid_of
from quizzes.people import admitting, announcing, examining, joining
from quizzes.people.models import Classroom, Enrollment, User

MORE = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
BLUEPRINT = "3 terms, 1 argument"
BEST, WORST = 0.98, 0.25
"""How often the best student, and the one who knows least, answers rightly."""
KNOW_BETTER = 0.4
"""The share of the class, from the best on, that takes another option of what is doubted."""
WHY_ANEW = "The key was a slip: the book says otherwise."


def teach(classroom: Classroom, instructor: User, at: datetime) -> None:
    """Two weeks of a course until `at`: a quiz from question to regrade, and all beside it."""
    enroll_more(classroom, at - 20 * ONE_DAY)
    first, second, *others = choosable(classroom.book)
    slip = adapt(first, instructor, at - 14 * ONE_DAY)
    disputed = adapt(second, instructor, at - 13 * ONE_DAY)
    mistake(slip, instructor, at - 12 * ONE_DAY)
    write_essay_question(classroom.book, instructor, at - 13 * ONE_DAY)
    asked = [slip, disputed, *others]
    given = give(build(classroom.book, instructor, asked, at), classroom, instructor, at)
    doubted = {slip.pk, disputed.pk}
    sit_all(given, instructor, doubted, at)
    releasing.release(given, at - 3 * ONE_DAY)
    mend(slip, given, instructor, at - 2 * ONE_DAY)
    after(given, disputed, instructor, at)
    draw(classroom, instructor, at)
    look_ahead(classroom, instructor, at)


def enroll_more(classroom: Classroom, at: datetime) -> None:
    """Students who come to sit quizzes, and to no cards so far."""
    for n, word in enumerate(MORE):
        name = f"Student {word.capitalize()}"
        student = User.objects.create_user(f"student-{word}", display_name=name, date_joined=at)
        joining.enroll(classroom, student, at + n * ONE_HOUR)


def choosable(book: Book) -> list[Item]:
    """Questions of the book with one right option."""
    single = Item.objects.filter(book=book, origin=Item.Origin.PACK).questions()
    return list(single.filter(revision__kind=Revision.Kind.SINGLE).in_order()[:7])


def adapt(item: Item, instructor: User, at: datetime) -> Item:
    """A copy of the instructor's own, ready to be asked."""
    copy = contributing.adapt(item, instructor, item.book, at)
    typed, filed = written(copy)
    contributing.refile(copy, typed, replace(filed, state=Item.State.READY.value))
    return copy


def mistake(item: Item, instructor: User, at: datetime) -> None:
    """A second version, in which the key has slipped to another option."""
    typed, filed = written(item)
    slipped = [typed.choices[n - 1].share for n in range(len(typed.choices))]
    choices = [replace(c, share=share) for c, share in zip(typed.choices, slipped, strict=True)]
    changed = replace(typed, choices=tuple(choices))
    substantive, why = Revision.Change.SUBSTANTIVE, "Options looked through."
    rewording.amend(item, changed, filed, instructor, at, substantive, why)


def written(item: Item) -> tuple[Composition, Filing]:
    """An item of one's own as it was typed, and where it is filed."""
    typed = contributing.composition(item)
    return typed or Composition(kind="essay"), contributing.filing_of(item)


def write_essay_question(book: Book, instructor: User, at: datetime) -> None:
    """A question written from nothing, and a second wording of it."""
    section = book.sections.select_related("chapter").order_by("position", "pk")[0]
    filed = Filing(
        chapter=section.chapter,
        section=section,
        tags=("seminar",),
        skill=Item.Skill.EVALUATE.value,
        state=Item.State.READY.value,
    )
    typed = Composition(
        kind="essay",
        stem="Which claim of this section would you check first?",
        explanation="A good answer names the claim, and what would count against it.",
        criteria=(
            CriterionWording(text="Names one claim of the section", weight=1),
            CriterionWording(text="Says what would count against it", weight=2),
        ),
    )
    item = contributing.compose(book, typed, filed, instructor, at)
    longer = replace(typed, stem="Which claim of this section would you check first, and how?")
    why = "Asks for the way, too."
    rewording.amend(item, longer, filed, instructor, at + ONE_DAY, reason=why)


def build(book: Book, instructor: User, items: list[Item], at: datetime) -> Quiz:
    """A quiz that asks these, the first two of them under a heading."""
    edit = Edit(instructor, at - 11 * ONE_DAY)
    told = "Two questions that we discussed, and five on the introduction."
    quiz = founding.begin(instructor, book, Settings("Seminar quiz", told, time_limit_minutes=20))
    picked = building.add(quiz, edit, items)
    building.weigh(quiz, edit, {picked[0].pk: Look(heading="Discussed in class")})
    return building.publish(quiz, edit.at)


def draw(classroom: Classroom, instructor: User, at: datetime) -> Assignment:
    """A quiz by a blueprint, which asks each student something else, from tomorrow on."""
    edit = Edit(instructor, at - ONE_DAY)
    quiz = founding.begin(instructor, classroom.book, Settings("Before the exam"))
    building.draw(quiz, edit, wishing.rules(quiz, blueprints.read(BLUEPRINT)))
    building.publish(quiz, edit.at)
    plan = Plan(at + ONE_DAY, at + 8 * ONE_DAY, attempts_allowed=None, is_graded=False)
    return assigning.assign(classroom, quiz, plan, edit.at, instructor)


def give(quiz: Quiz, classroom: Classroom, instructor: User, at: datetime) -> Assignment:
    """Graded, for three days and two late ones."""
    opens = at - 10 * ONE_DAY
    plan = Plan(opens, at - 7 * ONE_DAY, late_days=2, late_percent=10)
    return assigning.assign(classroom, quiz, plan, opens, instructor)


def sit_all(given: Assignment, instructor: User, doubted: set[int], at: datetime) -> None:
    """All sit it but the last but one; one has longer, and the last one is late."""
    places = list(given.classroom.enrollments.students().select_related("user").order_by("pk"))
    closes = at - 6 * ONE_DAY + 8 * ONE_HOUR
    extend(given, places[-3], instructor, at - 8 * ONE_DAY, closes)
    hours = dict.fromkeys(range(len(places)), -8 * 24)
    hours |= {len(places) - 3: -6 * 24, len(places) - 1: -6 * 24}
    for n, place in enumerate(places):
        if n != len(places) - 2:
            moment = at + (hours[n] + n % 5) * ONE_HOUR
            sit(place.user, given, n / (len(places) - 1), doubted, moment)


def extend(
    given: Assignment, place: Enrollment, instructor: User, at: datetime, closes: datetime
) -> None:
    """A student's own closing."""
    link = reverse("assignment", args=[given.uid])
    extending.extend(
        given, place, instructor, at, closes_at=closes, attempts_allowed=None, link=link
    )


def sit(student: User, given: Assignment, rank: float, doubted: set[int], at: datetime) -> Attempt:
    """A whole sitting; those who know most take another option of what is doubted than its key."""
    attempt = attempting.sit(student, given, at, uid_of(student.username, "course"))
    known = BEST + (WORST - BEST) * rank
    sheet = sheets.of(attempt)
    said = []
    for question in sheet.questions:
        is_known = chance(student.username, question.served.revision.stem) < known
        knows_better = question.served.revision.item_id in doubted and rank < KNOW_BETTER
        one = beside(question) if knows_better else respond(question, is_known=is_known)
        said.append(replace(one, is_sure=None))
    responding.save(sheet, said, at + timedelta(minutes=11))
    return attempting.hand_in(sheets.of(attempt), at + timedelta(minutes=12))


def mend(item: Item, given: Assignment, instructor: User, at: datetime) -> Regrade:
    """Set the key right as a third version, and mark the quiz by it."""
    asked = item.revisions.get(number=2)
    rewording.restore(item, 1, instructor, at)
    proposal = Proposal("key", WHY_ANEW, key_revision=item.revision)
    regrade = regrading.propose(given, asked, proposal, instructor, at)
    link = reverse("assignment", args=[given.uid])
    said = f"A question in “{given.quiz}” was marked anew, and your score changed"
    regrading.apply(regrade, instructor, at + ONE_HOUR, Message(said, link, WHY_ANEW))
    return regrade


def after(given: Assignment, disputed: Item, instructor: User, at: datetime) -> None:
    """A mark set by hand, and a report that waits for an answer."""
    places = given.classroom.enrollments.students().select_related("user").order_by("pk")
    first, last = places[0].user, places.reverse()[0].user
    link = reverse("own-marks", args=[given.classroom.uid])
    half, why = FULL_FRACTION // 2, "Was ill on the day, and made up for it in an interview."
    overriding.override(given, last, half, why, instructor, at - ONE_DAY, link)
    text = "I think that another option is as good: the section qualifies what the key says."
    reporting.report(first, disputed, text, at - ONE_DAY, given.classroom)


def look_ahead(classroom: Classroom, instructor: User, at: datetime) -> None:
    """The exam's day, a chapter's cards until next week, a word to all, and a door that is open."""
    examining.set_exam(classroom, (at + 21 * ONE_DAY).date(), instructor, at - 4 * ONE_DAY)
    opens = at - 2 * ONE_DAY
    due = at + 5 * ONE_DAY
    with_cards = classroom.book.chapters.filter(items__is_card=True).order_by("number")
    assigning_cards.assign(
        classroom, with_cards[0], opens, opens_at=opens, due_at=due, by=instructor
    )
    announcing.announce(
        classroom,
        instructor,
        "The seminar quiz is marked anew",
        "One key was a slip. Who lost by it has the points now; nobody has fewer.",
        at - 47 * ONE_HOUR,
        reverse("classroom", args=[classroom.uid]),
    )
    admitting.open_door(classroom, instructor, at - ONE_DAY, at + 14 * ONE_DAY)
