"""What the logs say: reads only, and only tallies where a learner's history would be long.

Every number on a page of progress is worked out here, so that pages and API tell the same.
This package changes nothing and never asks who may see its numbers: its callers do.
"""
