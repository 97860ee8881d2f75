"""/classes/<class>/people/ : who is in the class, as what, who was, and how that changes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.identifiers import uuid7
from quizzes.people import issuing, numbering, placing
from quizzes.people.models import Classroom, Enrollment
from quizzes.web import listing, slips, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import HandOverForm, NumberForm, RoleForm, heirs
from quizzes.web.owners import owner

PEOPLE_SHOWN = 50
Role = Enrollment.Role
SHOWN = {
    "": Enrollment.PRESENT,
    "students": (Role.STUDENT,),
    "staff": Enrollment.TEACHING,
    "former": (Role.FORMER,),
}
"""Whom the page shows, by what its address says."""


@never_cache
@login_required
@require_safe
def people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody in the class, fifty a page, or those whose name was searched for."""
    room = teaching.classroom(request, uid)
    text = listing.sought(request)
    shown = request.GET.get("show", "")
    roles = SHOWN.get(shown, Enrollment.PRESENT)
    found = room.enrollments.filter(role__in=roles).by_name()
    found = found.found(text) if text else found
    context = {
        "classroom": room,
        "page": Paginator(found, PEOPLE_SHOWN).get_page(request.GET.get("page")),
        "text": text,
        "shown": shown if shown in SHOWN else "",
        "has_numbers": room.enrollments.exclude(student_number="").exists(),
        "waiting": issuing.without_slip(room).count(),
        "invited": room.invitations.standing(now()).count(),
        "place": "classes",
    }
    return render(request, "quizzes/class_people.html", context)


@never_cache
@login_required
@require_safe
def member(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One person's place in the class, and what may be done about it."""
    room = teaching.classroom(request, uid)
    return _page(request, room, teaching.member(room, number))


@never_cache
@login_required
@require_POST
def number(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Keep a student's number, or none."""
    room = teaching.classroom(request, uid)
    found = teaching.member(room, number)
    form = NumberForm(request.POST, place=found)
    if not form.is_valid():
        return _page(request, room, found, number=form)
    numbering.number(found, owner(request), form.cleaned_data["student_number"], now())
    messages.success(request, _("The student number is saved."))
    return redirect("class-member", uid, found.pk)


@never_cache
@login_required
@require_POST
def change_role(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Let somebody be an instructor, an assistant or a student."""
    room = teaching.run_classroom(request, uid)
    found = teaching.member(room, number)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, room, found, role=form)
    placing.change_role(found, owner(request), form.cleaned_data["role"], now())
    said = _("%(who)s: %(role)s.") % {"who": found.user.name, "role": found.get_role_display()}
    messages.success(request, said)
    return redirect("class-people", uid)


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Take somebody out of the class; what they did there is kept."""
    room = teaching.run_classroom(request, uid)
    found = placing.remove(teaching.member(room, number), owner(request), now())
    messages.success(request, _("%(who)s is removed.") % {"who": found.user.name})
    return redirect("class-people", uid)


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Let somebody who left be a student again."""
    room = teaching.run_classroom(request, uid)
    found = placing.take_back(teaching.member(room, number), owner(request), now())
    messages.success(request, _("%(who)s is in the class again.") % {"who": found.user.name})
    return redirect("class-people", uid)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let somebody else run the class."""
    room, person = teaching.run_classroom(request, uid), owner(request)
    form = HandOverForm(request.POST or None, heirs=heirs(room, person))
    if request.method == "POST" and form.is_valid():
        mine = teaching.own_place(request, uid)
        to, stays = form.cleaned_data["to"], form.cleaned_data["stays"]
        placing.hand_over(mine, to, now(), stays=stays)
        messages.success(request, _("%(who)s runs the class now.") % {"who": to.user.name})
        return redirect("classes")
    context = {"classroom": room, "form": form, "place": "classes"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/hand_over.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leave a class, with all that one did there kept."""
    mine = teaching.own_place(request, uid)
    if request.method == "POST":
        placing.leave(mine, now())
        messages.success(request, _("You left “%(room)s”.") % {"room": mine.classroom.name})
        return redirect("classes")
    context = {"classroom": mine.classroom, "mine": mine, "place": "classes"}
    return render(request, "quizzes/leave_class.html", context)


def _page(
    request: HttpRequest,
    room: Classroom,
    found: Enrollment,
    role: RoleForm | None = None,
    number: NumberForm | None = None,
) -> HttpResponse:
    """Somebody's page, with what was typed there and is to be put right."""
    context = {
        "classroom": room,
        "member": found,
        "form": role or RoleForm(initial={"role": found.role}),
        "number": number or NumberForm(place=found),
        "is_numbered": bool(found.student_number) or found.role in Enrollment.SAT_BY,
        "is_issued": issuing.issuable(room).filter(pk=found.pk).exists(),
        "draw": uuid7(),
        "wanted": slips.wanted(found),
        "is_run": teaching.is_run(request, room),
        "is_me": found.user_id == owner(request).pk,
        "place": "classes",
    }
    status = UNPROCESSABLE if role or number else 200
    return render(request, "quizzes/class_member.html", context, status=status)
