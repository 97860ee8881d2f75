"""In and out: what comes in from elsewhere, and what people take away.

`formats` are bytes and texts (zip, YAML, CSV, XLSX) and `records` the plain values in them:
neither knows the database. `storing` keeps packs as they came; `packing` makes a pack into a
book; `contributing` makes one's own questions on somebody else's book of it; `uploading` shows
either before it is done, `undoing` takes it back, `exporting` is the way out. Facts, questions
and quizzes are written by the packages that they belong to: nothing here knows their rules.

A whole site is `backing_up`, `restoring`, moved to another database, and verified; `engines` knows
how each database is copied.
"""
