"""What a learner has answered before a page is looked at."""

from datetime import timedelta
from uuid import uuid4

from quizzes.cards import reviewing
from quizzes.cards.reviewing import Given

DAY = timedelta(days=1)


def rate(learner, item, rating, at, **details):
    [review] = reviewing.review_batch(learner, [Given(item, rating, uuid4(), at, **details)], at)
    return review


def study(learner, item, *ratings, until, gap=4):
    """Ratings so many days apart, the last one at `until`."""
    for n, rating in enumerate(ratings, 1 - len(ratings)):
        rate(learner, item, rating, until + n * gap * DAY)
