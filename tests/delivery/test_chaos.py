"""A short trial of chaos: real programs, real HTTP, every fault, kill -9. `make chaos` runs the long one."""

import pytest

from tests.chaos import Trial, prove

pytestmark = pytest.mark.program


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_every_delivery_goes_out_exactly_once_whatever_happens(tmp_path):
    trial = Trial(channels=6, posts=10, kills=2, freezes=1, restores=1, programs=3, rate=0.25)
    verdict = prove(trial, tmp_path)
    assert verdict.complaints == []
    assert verdict.doubts > 0
