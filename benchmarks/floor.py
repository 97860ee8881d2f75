"""The floor that pages are measured against: signed in, a list of questions, our own base page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from quizzes.items.models import Revision
from studyapp.urls import urlpatterns as site

LIST = Template("""{% extends "quizzes/base.html" %}
{% block main %}<main class="page" id="main"><h1>Questions</h1>
{% for one in revisions %}<section class="panel"><h2>{{ forloop.counter }}. {{ one.stem }}</h2>
<ul>{% for option in one.options.all %}<li>{{ option.text }}</li>{% endfor %}</ul></section>
{% endfor %}</main>{% endblock %}""")


@login_required
def questions(request: HttpRequest) -> HttpResponse:
    """Twenty questions with their choices."""
    revisions = Revision.objects.order_by("pk").prefetch_related("options")[:20]
    page = LIST.render(RequestContext(request, {"revisions": revisions}))
    return HttpResponse(page)


urlpatterns = [*site, path("floor/", questions)]
