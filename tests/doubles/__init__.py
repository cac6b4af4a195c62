"""The two networks as HTTP servers on the loopback: for tests, benchmarks, and to try the program without an account.

    with doubles() as server:
        config: api_url = server.url, graph_url = server.url

X lives under /2/, Facebook under /vNN.N/. What each answers is in x.py and graph.py, what can go wrong in faults.py
and chaos.py.
"""

from tests.doubles.calls import Kind
from tests.doubles.chaos import Chaos, Trouble, chaos
from tests.doubles.faults import Ending, Fault, script
from tests.doubles.graph import Graph
from tests.doubles.ledger import Ledger, Stored, Upload
from tests.doubles.messages import Reply, Request
from tests.doubles.server import DoubleServer
from tests.doubles.x import Keys, X

__all__ = [
    "Chaos",
    "DoubleServer",
    "Ending",
    "Fault",
    "Graph",
    "Keys",
    "Kind",
    "Ledger",
    "Reply",
    "Request",
    "Stored",
    "Trouble",
    "Upload",
    "X",
    "chaos",
    "doubles",
    "script",
]


def doubles(x: X | None = None, graph: Graph | None = None, port: int = 0) -> DoubleServer:
    """Both networks at one address, with one ledger; a context manager that starts and stops them.

    Networks of one's own must share their ledger.
    """
    ledger = x.ledger if x else graph.ledger if graph else Ledger()
    return DoubleServer([x or X(ledger), graph or Graph(ledger)], ledger, port)
