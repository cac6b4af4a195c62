"""The one exception that a person reads."""


class Problem(Exception):
    """Something that a person has to know: its text is one sentence that says what happened and what to do."""
