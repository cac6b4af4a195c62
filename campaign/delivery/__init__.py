"""From the queue to the networks. Read `publish.py` first."""
