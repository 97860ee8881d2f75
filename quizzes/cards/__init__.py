"""Spaced repetition: what one learner remembers of one item, and when to ask again.

`scheduling` is the arithmetic of memory (FSRS-6), `spacing` turns it into days, `queueing`
chooses what comes next, `reviewing` writes an answer down, `undoing` takes it back.
What else is done to cards (`setting_aside`, `moving`) is a log too; `folding` says what it leaves.
The log of reviews is the truth; a card's memory is what replaying that log gives, kept beside it.
This package knows items by their rows alone and nothing of how a quiz is marked.
"""
