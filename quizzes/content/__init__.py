"""What the book says: facts, each with its pages, and the packs that they come from.

A fact is stated once and never asked here: turning facts into questions is the item bank's
work. Each kind of fact is a detail row beside its `Fact` and not a subclass of it, because
inheritance would forbid bulk writes and keep a second copy of every parent row.
This package knows nobody: no user, no card, no mark.
"""
