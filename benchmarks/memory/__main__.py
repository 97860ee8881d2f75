"""Measure the memory model: speed, calibration, exams, loads. Seeded; ratios and targets tell."""

import argparse
import platform
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.memory import calibration, exams, loads, real, speed


def main() -> None:
    """Print everything; a few minutes on two cores."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--students", type=int, default=40, help="of each world")
    parser.add_argument(
        "--log",
        type=Path,
        help="a real log: CSV with card_id, review_rating, review_time, review_duration",
    )
    options = parser.parse_args()
    start = time.monotonic()
    print(f"Memory benchmark, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}")
    speed.run()
    calibration.run(options.students)
    if options.log:
        real.run(options.log)
    exams.run()
    loads.run()
    print(f"\n{time.monotonic() - start:.0f} seconds.")


if __name__ == "__main__":
    main()
