"""The exceptions that a person reads."""

from collections.abc import Sequence

from campaign.core.sentence import joined


class Problem(Exception):
    """Something that a person has to know: its text is one sentence that says what happened and what to do."""


class Asked(Problem):
    """What a person has to answer with yes before an act is done; nothing has changed."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(joined(questions))
        self.questions = tuple(questions)
