"""Spelling: the forms of a text that a database may not know to be one."""


def spellings(text: str) -> list[str]:
    """SQLite folds the capitals of ASCII alone, so others are looked for in each of their forms."""
    forms = {text, text.lower(), text.capitalize(), text.title(), text.upper()}
    return [text] if text.isascii() else sorted(forms)
