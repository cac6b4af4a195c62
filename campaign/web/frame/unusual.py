"""What no browser sends, made harmless: NUL characters, and questions for the head of a page alone.

Nobody types a NUL. PostgreSQL refuses it in a row and in a query, where SQLite does not mind; so a page that works on one
would fail on the other."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse

NUL = "\0"


class WithoutNul:
    """A middleware. It comes after Django's check of the form's key, which reads what was posted first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing yet: a form is read in process_view, only for a page that there is."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, kwargs: Mapping[str, object]
    ) -> None:
        """Cleans the values of the address and of the form. Raises Http404 for one in the path: nothing is called so."""
        if _has_nul(*(value for value in kwargs.values() if isinstance(value, str))):
            raise Http404
        for name in ("GET", "POST"):
            setattr(request, name, _cleaned(getattr(request, name)))


class HeadAlone:
    """A middleware that answers HEAD without a body: the outermost, so that it sees every answer.

    The server sends what it is given. A body that nobody asked for would be taken for the beginning of the next answer on the
    same connection, which behind a proxy is another person's."""

    def __init__(
        self, get_response: Callable[[HttpRequest], HttpResponse | StreamingHttpResponse]
    ) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """The answer; to a HEAD with the head that a GET would have had, its length among it."""
        answer = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(answer, StreamingHttpResponse):
                answer.streaming_content = []
            else:
                length = len(answer.content)
                answer.content = b""
                answer.headers.setdefault("Content-Length", str(length))
        return answer


class CookiesWithoutNul:
    """A middleware that forgets cookies with a NUL, which no page has set. It comes before whatever reads them, as that of
    sessions does on every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers without them."""
        for name in [name for name, value in request.COOKIES.items() if _has_nul(name, value)]:
            del request.COOKIES[name]
        return self.get_response(request)


def _cleaned(sent: QueryDict) -> QueryDict:
    """The values without NULs: the same object when there are none."""
    if not any(_has_nul(name, *values) for name, values in sent.lists()):
        return sent
    cleaned = QueryDict(mutable=True)
    for name, values in sent.lists():
        without = [value.replace(NUL, "") for value in values]
        cleaned.setlist(name.replace(NUL, ""), without)
    return cleaned


def _has_nul(*texts: str) -> bool:
    return any(NUL in text for text in texts)
