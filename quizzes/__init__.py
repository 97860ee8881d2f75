"""The study service: facts become items, items meet learners, and every answer is kept.

One Django app with a package for each subject, imported in one direction only:
`content` (what the book says) and `people` (who studies) at the bottom, then `items` (the
question bank), `cards` (spaced repetition), `assessment` (quizzes), `exchange` and `analytics`,
`jobs`, and on top the ways in: `web`, `api`, `admin` and `management`. The contracts in
`pyproject.toml` hold that order. It is one app so that a model can move between packages without
a migration.

Read on in `content/models`, `items/models`, `cards/reviewing.py`, `assessment/attempting.py`.
"""
