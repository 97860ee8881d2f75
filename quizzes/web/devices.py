"""/sw.js /manifest.webmanifest /offline/ : the site as an app on a device, with no connection.

The worker keeps what the study screen is made of and no page of anybody's; the cards themselves
are kept by the study screen, for its learner alone.
"""

from hashlib import blake2b

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from quizzes.web import review

_PARTS = (
    *("app.css", "review.css", "faces.css", "card.css", "icon.svg"),
    *("review.js", "site.js", "answers.js", "courier.js", "deck.js", "identifiers.js"),
    *("journal.js", "keys.js", "outbox.js", "paper.js", "store.js", "study.js"),
    "vendor/source-serif-4-latin-wght-normal.woff2",
    "vendor/source-serif-4-latin-wght-italic.woff2",
    "vendor/inter-latin-wght-normal.woff2",
)
_ICON_SIZES = (192, 512)
_PAPER, _ACCENT = "#f7f3ea", "#8a2b1f"
JAVASCRIPT = "text/javascript; charset=utf-8"
MANIFEST = "application/manifest+json"


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it changes whenever something that it keeps does."""
    shell = [reverse("offline"), *(static(f"quizzes/{part}") for part in _PARTS)]
    page = render_to_string("quizzes/offline.html", _offline())  # without anybody's tokens
    version = blake2b("\n".join([*shell, page]).encode(), digest_size=8)
    context = {
        "shell": " ".join(shell),
        "offline": reverse("offline"),
        "version": version.hexdigest(),
    }
    return render(request, "quizzes/sw.js", context, content_type=JAVASCRIPT)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a device shows of the site when it is installed."""
    icons = [
        {
            "src": static(f"quizzes/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in _ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    return JsonResponse(
        {
            "name": "Reading Room",
            "short_name": "Reading Room",
            "description": _("Quizzes and flashcards for people who study a book together."),
            "id": "/",
            "start_url": reverse("today"),
            "scope": "/",
            "display": "standalone",
            "background_color": _PAPER,
            "theme_color": _ACCENT,
            "icons": icons,
        },
        content_type=MANIFEST,
    )


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The study screen without a card: the device puts in those that it keeps."""
    return render(request, "quizzes/offline.html", _offline())


def _offline() -> dict[str, object]:
    nobody = AnonymousUser()
    return {"is_offline": True, "user": nobody} | review.tools(nobody)
