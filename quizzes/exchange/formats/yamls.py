"""YAML as this site writes it: one style, so that equal values are equal bytes."""

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

_WIDE = 1_000_000
"""No line is folded: a reader of texts folds them, and a difference shows whole sentences."""

_PLAIN = re.compile(r"[A-Za-z][\w'’(),./ -]*[\w).]|[A-Za-z]", re.ASCII)
_WORDS = frozenset("null true false yes no on off y n".split())


def dump(values: dict[str, Any]) -> str:
    """Mappings, lists, texts, numbers and truths as YAML 1.2; the same values, the same text."""
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = _WIDE
    writer.indent(mapping=2, sequence=2, offset=0)
    text = StringIO()
    writer.dump(_styled(values), text)
    return text.getvalue()


def _styled(value: Any) -> Any:
    """The same value, with each text in the style that its letters ask for."""
    if isinstance(value, dict):
        return {key: _styled(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_styled(one) for one in value]
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> Any:
    lines = text.split("\n")
    if len(lines) > 1 and text[0] not in " \n" and text[-1] != "\n" and _is_shown(lines):
        return LiteralScalarString(text)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and ", " not in text:
        return text
    return DoubleQuotedScalarString(text)


def _is_shown(lines: list[str]) -> bool:
    """Whether a block shows these lines as they are."""
    return all(line.isprintable() and line == line.rstrip() for line in lines)
