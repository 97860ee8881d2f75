"""Wrong answers that are worth thinking about, and never true.

Pure. A distractor is the same kind of thing as the key, from the same part of the book where
possible; what learners mix up with it comes first. Whatever is true under another fact, or
might be, is left out: a figure never stands beside one it shares a group with, a date never
beside one it overlaps, a view never beside one that is near it or is held by the same people.

`choosing` takes three of the candidates or none; the other modules find the candidates, one
module a kind of fact.
"""
