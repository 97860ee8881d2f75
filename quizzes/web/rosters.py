"""/classes/<class>/roster/ : a whole list of students comes in."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.cards import entering
from quizzes.people import enlisting, rolls
from quizzes.people.enlisting import Enlisted
from quizzes.people.models import Classroom
from quizzes.people.rolls import Fault, Line
from quizzes.web import invitations, refusing, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import RollForm
from quizzes.web.owners import owner

FAULTS: dict[Fault, str | Promise] = {
    Fault.NO_NAME: _("There is no name. Write one, or take the line out."),
    Fault.LONG: _("A name has 80 letters at most, an address 254. Shorten it."),
    Fault.EMAIL: _("This is no e-mail address. Mend it, or leave it empty for a sign-in slip."),
    Fault.TWO_EMAILS: _("Two addresses stand on this line. Leave one."),
    Fault.PARTS: _(
        "Which part is the name? Put a name with a comma in quotation marks, or a line above the"
        " list that names its columns: Last name, First name, E-mail."
    ),
    Fault.SAME_NAME: _(
        "The same name stands above. If these are two people, write a second name, an e-mail"
        " address, or a column “Student number” that tells them apart."
    ),
    Fault.SAME_EMAIL: _("The same address stands above. Take one of the two lines out."),
    Fault.QUOTE: _("A quotation mark is not closed. Close it, or take it out."),
    Fault.MANY: _("At most 500 students come in at once. Add these afterwards."),
    Fault.LONG_NUMBER: _("Student number: it has 32 characters at most. Shorten it."),
    Fault.SAME_NUMBER: _("Student number: the same stands above. Take one of the two out."),
    Fault.OTHER_NAME: _(
        "Student number: in the class it is that of %(who)s. If this is somebody else, mend the"
        " number here, or there on the page of the student."
    ),
    Fault.OTHER_NUMBER: _(
        "Student number: %(who)s has another in the class. Mend it here, or there on the page of"
        " the student; for another person, write something behind the name."
    ),
    Fault.SAME_PERSON: _(
        "Student number: a line above has another for %(who)s. Take one of the two out; for another"
        " person, write something behind the name."
    ),
    Fault.LEFT: _(
        "Student number: it is that of %(who)s, who left the class. An instructor can take them"
        " back on their page, with everything they did."
    ),
    Fault.KNOWN: _("In the class or invited already"),
    Fault.NAMESAKE: _(
        "Somebody of this name is in the class already. For another person, write something"
        " behind the name that tells them apart."
    ),
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The box for a list, what its lines would come to, and at last the people."""
    room = teaching.classroom(request, uid)
    form = RollForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _page(request, room, form, {}, UNPROCESSABLE if form.errors else 200)
    lines = form.lines(enlisting.known(room, now()))
    marks = _digest(form.cleaned_data["text"], lines)
    if request.POST.get("seen") != marks or not rolls.good(lines):
        again = RollForm(initial={"text": form.cleaned_data["text"]})
        told = _told(lines) | {"seen": marks, "is_guess": form.is_guess}
        return _page(request, room, again, told)
    return refusing.answered(
        lambda: _added(request, room, rolls.good(lines)),
        lambda refusal: _page(request, room, form.refused(refusal), {}),
    )


def _digest(text: str, lines: list[Line]) -> str:
    """By which a list and what becomes of it are told from what was looked at before."""
    become = [
        (line.number, line.fault, line.found and (line.found.place, line.found.invitation))
        for line in lines
    ]
    return blake2b(f"{text}\0{become}".encode(), digest_size=16).hexdigest()


def _added(request: HttpRequest, room: Classroom, lines: list[Line]) -> HttpResponse:
    enlisted = entering.enlist(room, owner(request), lines, now())
    invitations.send(request, room, enlisted.invitations)
    _say(request, enlisted)
    return redirect(_next(enlisted), room.uid)


def _next(enlisted: Enlisted) -> str:
    """Where one sees what became of the list."""
    if enlisted.places:
        return "slips"
    return "invitations" if enlisted.invitations else "class-people"


def _page(
    request: HttpRequest,
    room: Classroom,
    form: RollForm,
    told: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {"classroom": room, "form": form, "place": "classes", **told}
    return render(request, "quizzes/roster.html", context, status=status)


def _told(lines: list[Line]) -> dict[str, Any]:
    """What the lines come to, for the page."""
    good, faults = rolls.good(lines), rolls.at_fault(lines)
    new = rolls.new(lines)
    return {
        "lines": [(line, _reason(line)) for line in lines],
        "good": len(good),
        "new": len(new),
        "numbered": len(rolls.numbered(lines)),
        "invited": sum(bool(line.email) for line in new),
        "faults": [(line, _reason(line)) for line in faults],
        "there": len(lines) - len(good) - len(faults),
        "has_numbers": any(line.student_number for line in lines),
    }


def _reason(line: Line) -> str:
    """Why a line becomes nobody; of whom the class knows it says who that is."""
    if line.fault is None:
        return ""
    return str(FAULTS[line.fault]) % {"who": line.found.name if line.found else ""}


def _say(request: HttpRequest, enlisted: Enlisted) -> None:
    count = len(enlisted.invitations)
    if count:
        said = ngettext("%(n)s student is invited.", "%(n)s students are invited.", count)
        messages.success(request, said % {"n": count})
    count = enlisted.numbered
    if count:
        said = ngettext("%(n)s student number is kept.", "%(n)s student numbers are kept.", count)
        messages.success(request, said % {"n": count})
    count = len(enlisted.places)
    if count:
        said = ngettext("%(n)s student is added.", "%(n)s students are added.", count)
        messages.success(request, said % {"n": count})
