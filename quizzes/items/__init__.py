"""The item bank: one fact asked in many ways.

An item is a place in the bank; its wording is a `Revision`, frozen for good, so that every
review and response can point at what was shown. What decides the mark (`Key`, `OptionKey`,
`AcceptedAnswer`) lives in tables that no accessor leads to from the item's side: a query for a
question cannot carry its answer by accident.
This package knows facts and nothing of learners.

The way of an item: `snapshotting` reads the facts, `recipes` write drafts of them with
`distractors` that are never true, `generating` and `authoring` turn drafts and a pack's own
questions into wordings, and `banking` holds these against what is `standing` and freezes what
differs.
"""
