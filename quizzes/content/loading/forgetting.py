"""Forgetting: all that a book states goes, because the whole book does."""

from django.db import transaction

from quizzes.content.loading import twigs
from quizzes.content.models import Argument, Book, Event, Fact, Quantity


@transaction.atomic
def forget(book: Book) -> None:
    """Delete all facts of a book: first what joins them to one another."""
    facts = list(Fact.objects.filter(book=book).values_list("pk", flat=True))
    twigs.cut(facts)
    Argument.objects.filter(fact__in=facts).update(variant_of=None)
    Quantity.objects.filter(fact__in=facts).delete()
    Event.objects.filter(fact__in=facts).update(anchor=None)
    Fact.objects.filter(pk__in=facts).delete()
