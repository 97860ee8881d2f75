"""What the recipes and the authors make of the pack that comes with the site."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import publishing
from quizzes.content import packs
from quizzes.content.models import Book, Fact
from quizzes.items import authoring, criticizing, generating, suggesting
from quizzes.items.compositions import Choice, Composition, canonical
from quizzes.items.criticizing import Fault, Remark
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Key, OptionKey, Revision
from quizzes.items.snapshotting import snapshot

OFFICERS = {"iakir", "uborevich", "feldman", "eideman", "kork", "primakov", "putna"}
GENERATED = {"option__revision__item__origin": Item.Origin.GENERATED}


@pytest.fixture
def book(db, root):
    folder = root / "fixtures" / "red-army-introduction"
    call_command("load_pack", folder, "--draft", stdout=StringIO(), stderr=StringIO())
    return Book.objects.get(slug="red-army-introduction")


def test_the_first_pack_is_asked_well(book, noon):
    core = set(Fact.objects.current().filter(is_core=True).values_list("slug", flat=True))
    assert core <= set(Item.objects.cards().values_list("facts__slug", flat=True))
    assert core <= set(Item.objects.questions().values_list("facts__slug", flat=True))

    generated = Item.objects.filter(book=book, origin=Item.Origin.GENERATED)
    assert not generated.exclude(revision__stem__endswith="?").exists()
    assert not Key.objects.filter(answer="").exists()

    wrong = OptionKey.objects.filter(**GENERATED, fraction=0)
    assert not wrong.filter(feedback="").exists()
    assert wrong.count() == 3 * OptionKey.objects.filter(**GENERATED, fraction__gt=0).count()

    again = generating.generate(book, noon)
    assert not again.has_changed_wording
    assert not again.retired


def test_the_first_pack_asks_every_kind_and_loads_again_with_nothing_written(book, root, noon):
    pack, problems = packs.read(root / "fixtures" / "red-army-introduction")
    assert pack is not None, problems
    contents = pack.contents
    authored = Item.objects.filter(book=book, origin=Item.Origin.PACK)
    kinds = Counter(authored.values_list("revision__kind", flat=True))
    assert set(kinds) >= set(Revision.Kind.values)
    assert {"cloze": 5, "essay": 3, "matching": 7, "ordering": 5}.items() <= kinds.items()
    assert not authored.filter(state=Item.State.DRAFT).exists()

    with CaptureQueriesContext(connection) as captured:
        again = authoring.load(book, contents.questions, contents.cards, noon)
        built = publishing.build(book, contents.quizzes, noon)

    assert not again.has_changed_wording
    assert built.written == built.notes == ()
    assert not {one["sql"].split()[0] for one in captured} & {"INSERT", "DELETE"}


def test_no_question_asks_to_tell_the_seven_officers_apart_and_an_authors_is_doubted(book):
    officers = list(book.facts.filter(slug__in=OFFICERS).values_list("pk", flat=True))
    assert len(officers) == len(OFFICERS)
    beside = OptionKey.objects.filter(
        option__revision__kind="single", fact__in=officers
    ).values_list("option__revision__item__slug", "fraction")

    keyed = {slug for slug, fraction in beside if fraction}
    assert not keyed & {slug for slug, fraction in beside if not fraction}

    facts = snapshot(book).facts
    right, wrong = (facts.figure[slug].label for slug in ("tukhachevskii", "iakir"))
    choices = (Choice(text=right, share=FULL_FRACTION), Choice(text=wrong))
    one = canonical(Composition(kind="single", stem="Who was shot?", choices=choices))

    found = criticizing.criticize(one, facts, ["executions"])
    offered = suggesting.suggest(facts, ["executions"], right)

    assert Remark(Fault.ALSO_TRUE, wrong) in found
    assert {facts.figure[candidate.fact].kind for candidate in offered} == {"person"}
    assert not {candidate.fact for candidate in offered} & set(OFFICERS)
