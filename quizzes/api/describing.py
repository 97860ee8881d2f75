"""What the schema says beside the shapes: how to come in, what is alike everywhere, and titles."""

from typing import Any

ABOUT = """\
Books and facts are open to everyone; what is yours needs you to sign in. Post your name and
password to `tokens/` and send what you get as `Authorization: Token …`, or use the session of
the pages and their CSRF token.

Who teaches a class reads its students and marks under `classes/`, as on the class's pages: also
those that the class is not told yet.

Everything is JSON. A name that is not described here is refused, in addresses and in bodies.
Every refusal has the same shape: `detail` for people, `code` for programs, and `errors` with
`field` (and `index` in a batch) where parts of the request are at fault. 400 means that the
request makes no sense, 401 that you are not signed in, 404 that there is no such thing or that it
is not yours, 409 that a rule forbids it just now, 429 that you ask too often. In all of them
nothing was changed.

Times are ISO 8601 with an offset; identifiers are UUIDs, and facts, chapters and books go by
their slugs.
"""


def describe(result: dict[str, Any], **_made_by: Any) -> dict[str, Any]:
    """The schema with its introduction, and with each operation's first sentence for a title."""
    result["info"]["description"] = ABOUT
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["summary"] = operation["description"].split("\n")[0]
            del operation["description"]
    return result
