"""`python -m tests.doubles`: both networks, until stopped. `--help` says what can be made to go wrong."""

import argparse
import signal
import threading
import time

from tests.doubles import Graph, Ledger, X, chaos, doubles


def main() -> None:
    """Prints the address, then serves until it is told to stop."""
    options = _options()
    ledger, strict = Ledger(), not options.same_again
    x = X(ledger, limit=options.limit, refuse_duplicates=strict, lag=options.lag)
    graph = Graph(ledger, limit=options.limit, refuse_duplicates=strict, lag=options.lag)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with doubles(x, graph, options.port) as server:
        server.clock = time.time
        server.delay, server.silence = options.delay, options.silence
        if options.chaos is not None:
            server.faults = chaos(options.chaos, options.rate, options.wait)
        print(server.url, flush=True)
        stop.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.doubles", description="X and Facebook on the loopback."
    )
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--limit", type=int, help="posts an account, then it has to wait")
    parser.add_argument("--same-again", action="store_true", help="take the same text twice")
    parser.add_argument("--lag", type=float, default=0.0, help="seconds until a post is listed")
    parser.add_argument(
        "--chaos", type=int, metavar="SEED", help="everything that can go wrong, mixed"
    )
    parser.add_argument(
        "--rate", type=float, default=0.3, help="how many of the calls go wrong, of 1"
    )
    parser.add_argument(
        "--wait",
        type=float,
        default=2.0,
        help="seconds that a limit asks to wait, in the chaos",
    )
    parser.add_argument(
        "--silence", type=float, default=1.0, help="seconds that a silence lasts"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
