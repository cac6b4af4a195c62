"""Both networks at their barest, for benchmarks: every POST is stored and answered after the same time.

It costs a tenth of a core where the tests' doubles cost a whole one, so that what is measured is the client. GET is
answered at once with the seconds of a core that it has used, so that a benchmark can say whether that is so."""

import asyncio
import itertools
import os
import sys
import threading
import time

NUMBERS = itertools.count(1)


class Network(asyncio.Protocol):
    """One connection, kept alive."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers once a request is whole."""
        self.received += data
        head, end, body = self.received.partition(b"\r\n\r\n")
        if end and len(body) >= _length(head):
            self.received = b""
            if head.startswith(b"GET "):
                self.answer("200 OK", f'{{"used": {time.process_time()}}}')
            else:
                asyncio.get_running_loop().call_later(
                    self.delay, self.take, head.startswith(b"POST /2/")
                )

    def take(self, is_x: bool) -> None:
        """The answer of the network that was given a post."""
        number = next(NUMBERS)
        if is_x:
            self.answer("201 Created", f'{{"data":{{"id":"{number}","text":""}}}}')
        else:
            self.answer("200 OK", f'{{"id":"1_{number}"}}')

    def answer(self, status: str, body: str) -> None:
        """Sends a whole answer."""
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write((head + body).encode())


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    return 0


async def serve(delay: float) -> None:
    """Prints the address, then serves until it is killed."""
    server = await asyncio.get_running_loop().create_server(
        lambda: Network(delay), "127.0.0.1", 0
    )
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


def _end_with_the_benchmark() -> None:
    """Whoever started this holds the other end of the input: it closes when that process ends, however it does."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_benchmark, daemon=True).start()
    asyncio.run(serve(float(sys.argv[1])))
