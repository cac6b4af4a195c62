"""What no text can hold: a NUL in what a browser sends is left out before a page reads it.

Nobody types one. PostgreSQL refuses it in a row and in a question, where SQLite does not mind; so a page that passed here
would fall over there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\0"


class WithoutNul:
    """Runs after the check of the form's key, which reads what was posted first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing yet: a form is read only for a page that there is."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> None:
        """Both the address and the form."""
        for name in ("GET", "POST"):
            setattr(request, name, _cleaned(getattr(request, name)))


def _cleaned(sent: QueryDict) -> QueryDict:
    if not any(NUL in text for name, values in sent.lists() for text in (name, *values)):
        return sent
    cleaned = QueryDict(mutable=True)
    for name, values in sent.lists():
        cleaned.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    return cleaned
