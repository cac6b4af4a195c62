"""A question for the head of a page alone is answered without its body.

The server sends what it is given. A body that nobody asked for would be taken for the beginning of the next answer on the same
connection, which behind a proxy is another person's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse


class HeadAlone:
    """A middleware: the outermost, so that it sees every answer."""

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
