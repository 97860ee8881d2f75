import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.cards.minimizing import minimize


@given(st.tuples(*[st.floats(-2, 2)] * 3))
@settings(max_examples=30)
def test_the_bottom_of_a_bowl_is_found(bottom):
    def bowl(point):
        return sum((1 + n) * (x - b) ** 2 for n, (x, b) in enumerate(zip(point, bottom)))  # noqa: B905

    assert minimize(bowl, (1.0, 1.0, 1.0), 300) == pytest.approx(bottom, abs=0.05)


def test_a_bent_valley_is_walked_through():
    """The valley of Rosenbrock, from the origin to (1, 1)."""

    def valley(point):
        x, y = point
        return 100 * (y - x * x) ** 2 + (1 - x) ** 2

    assert minimize(valley, (1.0, 1.0), 1_000) == pytest.approx((1, 1), abs=0.1)


@given(most=st.integers(4, 60), slope=st.floats(-5, 5))
def test_no_more_evaluations_than_allowed(most, slope):
    asked = []

    def plane(point):
        asked.append(point)
        return slope * point[0] + point[1] ** 2

    minimize(plane, (1.0, 1.0, 1.0), most)

    assert len(asked) <= max(most, 4)
