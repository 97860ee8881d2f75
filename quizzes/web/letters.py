"""/letters/<token>/stop/ : no more letters of one kind, by the link that is in each of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from quizzes.people import unsubscribing


@never_cache
@csrf_exempt  # mail programs post here by themselves (RFC 8058), and the token is the leave
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before anything is stopped; a post stops it. Nobody needs to sign in."""
    found = unsubscribing.read(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":  # answered with the page: mail programs follow no redirect
        unsubscribing.stop(person, kind)
    context = {"kind": kind.label, "is_wished": unsubscribing.is_wished(person, kind)}
    return render(request, "quizzes/stop_letters.html", context)
