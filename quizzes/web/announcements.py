"""/classes/<class>/announcements/ : what the class is told, here and on its students' page."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.items import rendering
from quizzes.people import announcing
from quizzes.people.announcing import Words
from quizzes.people.models import Announcement, Classroom, User
from quizzes.refusal import Refusal
from quizzes.web import clocks, refusing, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import AnnounceForm, EditForm
from quizzes.web.owners import owner

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One announcement for its reader: its Markdown as safe markup, its time on their clock."""

    announcement: Announcement
    html: str
    when: str
    edited: str
    """When its words were changed; nothing if never."""

    @property
    def author(self) -> str:
        return self.announcement.author.name if self.announcement.author else ""

    @property
    def editor(self) -> str:
        return self.announcement.edited_by.name if self.announcement.edited_by else ""


def told(announcements: Iterable[Announcement], reader: User) -> list[Told]:
    """Each of these for this reader; no query."""
    return [_told(one, reader) for one in announcements]


def _told(announcement: Announcement, reader: User) -> Told:
    zone, edited_at = reader.time_zone, announcement.edited_at
    return Told(
        announcement=announcement,
        html=rendering.markdown(announcement.text),
        when=clocks.moment(announcement.created_at, zone),
        edited=clocks.moment(edited_at, zone) if edited_at else "",
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announcements(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was announced, the newest first; a post announces something more."""
    room = teaching.classroom_of_any_year(request, uid)
    form = AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return refusing.answered(
            lambda: _announce(request, room, form),
            lambda refusal: _page(request, room, _refused(form, refusal)),
        )
    return _page(request, room, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID, announcement: UUID) -> HttpResponse:
    """Other words for what was announced; a post puts them in its place."""
    room = teaching.classroom_of_any_year(request, uid)
    found = teaching.announcement(room, announcement)
    words = {"title": found.title, "text": found.text}
    form = EditForm(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        return refusing.answered(
            lambda: _edit(request, found, form),
            lambda refusal: _edit_page(request, found, _refused(form, refusal)),
        )
    return _edit_page(request, found, form)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, uid: UUID, announcement: UUID) -> HttpResponse:
    """Take an announcement off the class's page, and tell its students."""
    room = teaching.classroom(request, uid)
    found, link = teaching.announcement(room, announcement), reverse("classroom", args=[uid])
    announcing.withdraw(found, owner(request), now(), link)
    messages.success(request, _("The announcement is withdrawn; every student has a notice."))
    return redirect("announcements", uid)


def _announce(request: HttpRequest, room: Classroom, form: AnnounceForm) -> HttpResponse:
    teaching.live(request, room)
    link = reverse("classroom", args=[room.uid])
    announcing.announce(room, owner(request), **form.cleaned_data, at=now(), link=link)
    messages.success(request, _("It is announced; every student has a notice."))
    return redirect("announcements", room.uid)


def _edit(request: HttpRequest, found: Announcement, form: EditForm) -> HttpResponse:
    room, data = teaching.live(request, found.classroom), form.cleaned_data
    link = reverse("classroom", args=[room.uid]) if data["tells"] else ""
    words, seen = Words(data["title"], data["text"]), request.POST.get("seen", "")
    announcing.edit(found, owner(request), words, now(), seen=seen, link=link)
    messages.success(request, _("The announcement is saved."))
    return redirect("announcements", room.uid)


def _refused(form: AnnounceForm, refusal: Refusal) -> AnnounceForm:
    """With the reason, beside all that was typed."""
    form.add_error(None, str(refusal.message))
    return form


def _page(request: HttpRequest, room: Classroom, form: AnnounceForm) -> HttpResponse:
    page = Paginator(room.announcements.standing(), SHOWN).get_page(request.GET.get("page"))
    context = {
        "classroom": room,
        "form": form,
        "page": page,
        "announcements": told(page, owner(request)),
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/announcements.html", context, status=status)


def _edit_page(request: HttpRequest, found: Announcement, form: AnnounceForm) -> HttpResponse:
    """The words as they are typed, and once they are refused those that stand."""
    found.refresh_from_db(fields=["title", "text", "edited_at", "edited_by", "withdrawn_at"])
    seen = announcing.digest(found)
    is_overtaken = form.is_bound and request.POST.get("seen") != seen
    context = {
        "classroom": found.classroom,
        "announcement": found,
        "form": form,
        "seen": seen,
        "standing": _told(found, owner(request)) if is_overtaken else None,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/edit_announcement.html", context, status=status)
