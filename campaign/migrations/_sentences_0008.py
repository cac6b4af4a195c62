"""How sentences of before 0008 are read: what they were made of is found out from their English, once and for all.

Landed with that migration, and never edited. Patterns are compared with plain searches from left to right, which never go
back, and what is looked at is bounded in length, sentences and depth."""

import json
import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from pathlib import Path

LONGEST = 4_000
MOST_SENTENCES = (12, 6, 3, 1)
MOST_BREAKS = 200
WEAK = 10
_VALUE = re.compile(r"\{([0-9])\}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_BREAK = re.compile(r"(?<=[.!?…])[ \t]+|[ \t]+(?=[A-Z])")
_ONE_WORD = re.compile(r"\S*|[0-9: -]+")
_COUNTED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|(?:[0-9]+ (?:day|hour|minute|second)s?(?:, | and )?)+|[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4}")
_QUOTES = ('"', "“")


class Pattern:
    """A sentence with values: the English between them."""

    def __init__(self, template):
        self.template = template
        self.literals = tuple(_VALUE.split(template)[::2])
        self.weight = len("".join("".join(self.literals).split()))

    def values(self, text):
        first, *inner = self.literals
        if not inner:
            return [] if text == first else None
        last = inner.pop()
        end, at = len(text) - len(last), len(first)
        if at > end or not (text.startswith(first) and text.endswith(last)):
            return None
        found = []
        for literal in inner:
            next_at = text.find(literal, at, end)
            if next_at < 0:
                return None
            found.append(text[at:next_at])
            at = next_at + len(literal)
        return [*found, text[at:end]]

    def is_name(self, number):
        return self.literals[number].endswith(_QUOTES)

    def may_hold(self, number, text, weight):
        if self.is_name(number) or _ONE_WORD.fullmatch(text):
            return True
        follows = self.literals[number].endswith(": ") and self.literals[-1] in ("", ".")
        return number == len(self.literals) - 2 and (follows or weight > 0)


class Reader:
    """Reads texts as lists: [template, value, …], in which a value is a text or such a list; a text that is not known stays."""

    def __init__(self, patterns, words):
        self._words = frozenset(words)
        self._patterns = {}
        self._line = lru_cache(maxsize=4_096)(self._said)
        made = [Pattern(one) for one in patterns]
        often = Counter(word for one in made for word in _words_of(one))
        for one in made:
            key = min(_words_of(one), key=lambda word: (often[word], word), default="")
            self._patterns.setdefault(key, []).append(one)

    def read(self, text):
        """What the column keeps from now on."""
        lines = text.split("\n")
        said = [[] if len(line) > LONGEST else self._line(line, 0)[0] for line in lines]
        if not any(isinstance(part, list) for parts in said for part in parts):
            return json.dumps(["{0}", text], ensure_ascii=False) if text.startswith("[") else text
        template, values = [], []
        for line, parts in zip(lines, said, strict=True):
            here = ""
            for part in parts or [line]:
                here += f"{{{len(values)}}}"
                values.append(part)
            template.append(here)
        if len(values) == 1 and isinstance(values[0], list):
            return json.dumps(values[0], ensure_ascii=False)
        return json.dumps(["\n".join(template), *values], ensure_ascii=False)

    def _said(self, text, depth):
        """The parts of a line, each a text or a list, and how many of its signs were recognized."""
        if text in self._words or _COUNTED.fullmatch(text):
            return (text,), len(text)
        if depth >= len(MOST_SENTENCES) or not _WORD.search(text):
            return (text,), 0
        candidates = [one for word in dict.fromkeys(["", *_WORD.findall(text)]) for one in self._patterns.get(word, ())]
        starts, ends = _sentences(text, [one.literals[0] for one in candidates], MOST_SENTENCES[depth])
        nexts = [*starts[1:], len(text)]
        best = [((), 0)] * (len(starts) + 1)
        for first, start in reversed(list(enumerate(starts))):
            rest = best[first + 1]
            best[first] = (_put(text[start : nexts[first]], rest[0]), rest[1])
            here = [one for one in candidates if text.startswith(one.literals[0], start)]
            for last, end in list(enumerate(ends))[first:]:
                found, weight = self._found(here, text[start:end], depth)
                after = best[last + 1]
                if weight and weight + after[1] > best[first][1]:
                    best[first] = ((found, *_put(text[end : nexts[last]], after[0])), weight + after[1])
        return best[0]

    def _found(self, patterns, sentence, depth):
        found = [
            (*self._filled(one, values, depth), one.weight)
            for one in patterns
            if (values := one.values(sentence)) is not None
        ]
        return max(found, key=lambda said: said[1:], default=("", 0, 0))[:2]

    def _filled(self, one, values, depth):
        said = [((value,), 0) if one.is_name(at) else self._line(value, depth + 1) for at, value in enumerate(values)]
        if one.weight < WEAK and not all(
            one.may_hold(at, value, weight) for at, (value, (_, weight)) in enumerate(zip(values, said, strict=True))
        ):
            return "", 0
        return [one.template, *map(_value, (parts for parts, _ in said))], one.weight + sum(weight for _, weight in said)


def _value(parts):
    """A value: a text, a sentence, or several of them one after the other."""
    if len(parts) == 1:
        return parts[0]
    return ["".join(f"{{{at}}}" for at in range(len(parts))), *parts] if parts else ""


def _put(text, parts):
    """A text before parts, together with the text that they begin with."""
    if not text:
        return parts
    return (text + parts[0], *parts[1:]) if parts and isinstance(parts[0], str) else (text, *parts)


def _sentences(text, beginnings, most):
    known = tuple(words for words in beginnings if words[:1].isupper())
    breaks = [
        found.span()
        for found in islice(_BREAK.finditer(text), MOST_BREAKS)
        if text[found.start() - 1] in ".!?…" or text.startswith(known, found.end())
    ][: most - 1]
    return [0, *(after for _, after in breaks)], [*(before for before, _ in breaks), len(text)]


def _words_of(one):
    whole = "\0".join(one.literals)
    return {
        found[0] for found in _WORD.finditer(whole) if "\0" not in whole[max(found.start() - 1, 0) : found.end() + 1]
    }


def reader():
    """With the sentences that the program said until then."""
    kept = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return Reader(kept["patterns"], kept["words"])
