from quizzes.identifiers import uuid7


def test_identifiers_are_of_version_seven_and_sort_by_time():
    earlier, later = uuid7(), uuid7()

    assert earlier.version == later.version == 7
    assert earlier.variant == later.variant
    assert earlier.int >> 80 <= later.int >> 80


def test_identifiers_made_together_differ():
    assert len({uuid7() for _ in range(10_000)}) == 10_000
