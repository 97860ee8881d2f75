"""Ten thousand items of the first pack: one key each, options apart, and the same on every run."""

import hashlib
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from quizzes.content.models import Book
from quizzes.items import recipes
from quizzes.items.distractors.events import overlap
from quizzes.items.normalizing import answer_key
from quizzes.items.snapshots import BookFacts
from quizzes.items.snapshotting import snapshot

WANTED = 10_000
DIGEST = """
import hashlib, pickle, sys
from quizzes.items import recipes
facts = pickle.load(open(sys.argv[1], "rb"))
print(hashlib.blake2b(repr(recipes.write(facts, {})).encode()).hexdigest())
"""


@pytest.fixture
def facts(db, root) -> BookFacts:
    folder = root / "fixtures" / "red-army-introduction"
    call_command("load_pack", folder, "--draft", stdout=StringIO(), stderr=StringIO())
    return snapshot(Book.objects.get(slug="red-army-introduction")).facts


def reseeded(facts, seed):
    """The same facts, most of them under other slugs: every choice by chance comes out otherwise.

    Figures and arguments, which others name, keep theirs.
    """
    renamed = {
        kind: tuple(replace(fact, slug=f"{fact.slug}-{seed}") for fact in getattr(facts, kind))
        for kind in ("events", "terms", "quantities")
    }
    return replace(facts, **renamed, tells={})


def true_of(facts, slug):
    """What else may be said of a fact, so that it is wrong beside no other key of the same."""
    for figure in facts.figures:
        if figure.slug == slug:
            yield from (role.text for role in figure.roles)
            yield figure.label
    for term in facts.terms:
        if term.slug == slug:
            yield from (term.label, *term.aliases, term.definition)


def test_ten_thousand_items_have_one_key_and_no_wrong_option_that_is_right(facts):
    made, seed = 0, 0
    while made < WANTED:
        seen = reseeded(facts, seed) if seed else facts
        when = {event.slug: event.when for event in seen.events}
        by_label = {answer_key(event.when.label): event.when for event in seen.events}
        for draft in recipes.write(seen, {}):
            made += 1
            if not draft.options:
                continue
            keys = [option for option in draft.options if option.is_key]
            texts = [answer_key(option.text) for option in draft.options]
            assert len(keys) == 1, draft.slug
            assert len(set(texts)) == len(texts) == 4, draft.slug
            wrong = {answer_key(one.text) for one in draft.options if not one.is_key}
            assert not wrong & {answer_key(text) for text in true_of(seen, draft.subject)}
            if draft.recipe == "event-date" and draft.direction == "forward":
                dated = [by_label[text] for text in wrong if text in by_label]
                assert not any(overlap(when[draft.subject], other) for other in dated), draft.slug
        seed += 1


def test_the_same_facts_make_the_same_bytes_whatever_the_hash_seed(facts, tmp_path, root):
    kept = tmp_path / "facts"
    kept.write_bytes(pickle.dumps(facts))
    here = hashlib.blake2b(repr(recipes.write(facts, {})).encode()).hexdigest()

    for seed in ("0", "1", "4711"):
        command = [sys.executable, "-c", DIGEST, str(kept)]
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        said = subprocess.run(command, env=env, text=True, capture_output=True, check=True)
        assert said.stdout.strip() == here
