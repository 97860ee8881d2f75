"""In and out: what other programs exchange with us, and what people take away.

A format is a pure module of `formats`: it turns rows into bytes and back and knows no database.
"""
