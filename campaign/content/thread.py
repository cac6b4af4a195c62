"""Threads: a text that is split, by lines of ---, into parts that answer each other."""

import re

_BREAK = re.compile(r"\n[ \t]*---[ \t]*\n")


def parts(text: str) -> list[str]:
    """The parts of a finished text, in order; one when it is no thread."""
    if "---" not in text:  # true of most texts, and each is split three times on its way out
        return [text.strip()]
    # With a line's end on both sides, a break on the first or the last line is found too.
    split = map(str.strip, _BREAK.split(f"\n{text}\n"))
    return [part for part in split if part] or [""]


def joined(parts_of_text: list[str]) -> str:
    """The parts as one finished text again."""
    return "\n---\n".join(parts_of_text)


def numbered(parts_of_text: list[str]) -> list[str]:
    """The parts with their numbers, as readers of a thread know them; a single one has none."""
    total = len(parts_of_text)
    if total == 1:
        return parts_of_text
    return [f"{part} ({number}/{total})" for number, part in enumerate(parts_of_text, 1)]


def in_one(text: str) -> str:
    """The text for a network without threads: its parts as paragraphs."""
    return "\n\n".join(parts(text))
