"""Sentences that stand as data and are said in the reader's language later."""


def marked(sentence: str) -> str:
    """The sentence itself; so that it is found for the catalogue where it is imported as `_`."""
    return sentence
