"""In and out: what other programs exchange with us, and what people take away.

A format is a pure module of `formats`: it turns rows into bytes and back and knows no database.
"""Exchange: what comes in from elsewhere, and what goes out of here.
`formats` are bytes and texts (zip, YAML) and `records` the plain values in them: neither knows the
database. `storing` keeps packs as they came; `packing` makes a pack into a book; `contributing`
makes one's own questions on somebody else's book of it; `uploading` shows either before it is
done, `undoing` takes it back, `exporting` is the way out. Facts, questions and quizzes are written
by the packages that they belong to: nothing here knows their rules.
"""
