"""`python -m tests.doubles [--port N] [--delay SECONDS] [--limit N] [--same-again]`: both networks, until stopped."""

import argparse
import signal
import threading

from tests.doubles import Graph, Ledger, X, doubles


def main() -> None:
    """Prints the address, then serves until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.doubles", description="X and Facebook on the loopback.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--limit", type=int, help="posts an account, then it has to wait")
    parser.add_argument("--same-again", action="store_true", help="take the same text twice")
    options = parser.parse_args()
    ledger, strict = Ledger(), not options.same_again
    x, graph = (
        X(ledger, limit=options.limit, refuse_duplicates=strict),
        Graph(ledger, limit=options.limit, refuse_duplicates=strict),
    )
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with doubles(x, graph, options.port) as server:
        server.delay = options.delay
        print(server.url, flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
