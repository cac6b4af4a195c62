"""Threads: a text that is split, by lines of ---, into parts that answer each other.

Such a line is a mark for us, and no reader of a network ever sees one: it parts the text where the network has threads, and
is the end of a paragraph where it has none."""

from campaign.core.typed import is_seen

MARK = "---"
_LONGEST_LINE = 80
"""Characters of a line that may be a mark: there are only so many blanks around one."""


def parts(text: str) -> list[str]:
    """The parts of a finished text, in order; one when it is no thread."""
    if MARK not in text:  # true of most texts, and each is split three times on its way out
        return [text.strip() if is_seen(text) else ""]
    of_parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if is_mark(line):
            of_parts.append([])
        else:
            of_parts[-1].append(line)
    split = ("\n".join(lines).strip() for lines in of_parts)
    return list(filter(is_seen, split)) or [""]


def is_mark(line: str) -> bool:
    """Whether all that a person sees of a line is the mark."""
    if MARK not in line or len(line) > _LONGEST_LINE:
        return False
    return "".join(filter(is_seen, line)) == MARK


def posted(text: str, *, has_threads: bool) -> list[str]:
    """The texts of the posts that a finished text becomes on a network that has threads, or has none."""
    return parts(text) if has_threads else [in_one(text)]


def joined(parts_of_text: list[str]) -> str:
    """The parts as one finished text again."""
    return f"\n{MARK}\n".join(parts_of_text)


def numbered(parts_of_text: list[str]) -> list[str]:
    """The parts with their numbers, as readers of a thread know them; a single one has none."""
    total = len(parts_of_text)
    if total == 1:
        return parts_of_text
    return [f"{part} ({number}/{total})" for number, part in enumerate(parts_of_text, 1)]


def in_one(text: str) -> str:
    """The text for a network without threads: its parts as paragraphs."""
    return "\n\n".join(parts(text))
