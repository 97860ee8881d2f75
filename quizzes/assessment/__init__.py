"""Quizzes, and what came of them: every answer is kept as it was given.

A quiz is slots: fixed items, or a number drawn by a rule (`publishing`, `drawing`). An attempt
serves a learner its questions in an order of its own (`attempting`), answers are appended and
never changed (`responding`), and handing in is one transaction that scores the attempt, counts
its questions and lets `cards` weigh what was shown to be known. `answering` reads what was sent,
`grading` is the arithmetic of marks, and `marking` alone reads what decides a mark.
This package never decides who may see what: callers load through `visible_to`.
"""
