"""Everything that can go wrong, mixed, by a seed: the same calls of an account meet the same trouble each time."""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from tests.doubles import faults
from tests.doubles.calls import Kind, account_of, is_x, kind_of
from tests.doubles.faults import Ending, Fault
from tests.doubles.messages import Request


class Trouble(StrEnum):
    """What a call can meet. BEFORE: nothing is stored; AFTER: it is."""

    CLOSED_BEFORE = "closed-before"
    CLOSED_AFTER = "closed-after"
    SILENT_AFTER = "silent-after"
    ERROR_BEFORE = "error-before"
    ERROR_AFTER = "error-after"
    HTML_BEFORE = "html-before"
    HTML_AFTER = "html-after"
    TRUNCATED_AFTER = "truncated-after"
    LIMIT_TIMED = "limit-timed"  #: a limit that says how long to wait
    LIMIT_BARE = "limit-bare"  #: one that does not
    KEYS_ONCE = "keys-once"  #: the keys are not accepted, once for each account
    NO_CREDITS = "no-credits"  #: for the next two or three calls of the account, and on X only
    TRICKLE = "trickle"  #: the whole answer, slowly
    REDIRECT = "redirect"


def even(rate: float) -> dict[Trouble, float]:
    """Every trouble as likely as the other, so that a call meets one at this rate."""
    return dict.fromkeys(Trouble, rate / len(Trouble))


@dataclass
class Chaos:
    """Asked before each call. `rates` is how often each trouble comes, of 1; `wait` what a limit asks for, in seconds
    (Facebook counts in whole minutes, so a shorter one is not told there)."""

    seed: int
    rates: Mapping[Trouble, float]
    on: frozenset[Kind] = frozenset(Kind)
    wait: float = 2.0
    met: Counter[Trouble] = field(default_factory=Counter)
    _calls: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    _keys: set[str] = field(default_factory=set)
    _poor: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> Fault | None:
        kind, account = kind_of(request), account_of(request)
        if kind not in self.on:
            return None
        with self._lock:
            trouble = self._trouble(account, kind, is_x(request))
            if trouble is None:
                return None
            self.met[trouble] += 1
        return _fault(trouble, is_x(request), account, self.wait)

    def _trouble(self, account: str, kind: Kind, x: bool) -> Trouble | None:
        if self._poor[account] > 0:
            self._poor[account] -= 1
            return Trouble.NO_CREDITS
        self._calls[account, kind] += 1
        random = Random(f"{self.seed} {account} {kind} {self._calls[account, kind]}")
        drawn = random.choices(
            [*self.rates, None], [*self.rates.values(), max(0.0, 1 - sum(self.rates.values()))]
        )[0]
        if drawn is Trouble.KEYS_ONCE:
            if account in self._keys:
                return None
            self._keys.add(account)
        if drawn is Trouble.NO_CREDITS:
            if not x:
                return None
            self._poor[account] = random.randint(1, 2)
        return drawn


def chaos(seed: int, rates: Mapping[Trouble, float] | float, wait: float = 2.0) -> Chaos:
    """All kinds of calls, with these rates, or with one rate for all troubles together."""
    return Chaos(seed, even(rates) if isinstance(rates, float) else rates, wait=wait)


def _fault(trouble: Trouble, x: bool, account: str, wait: float) -> Fault:
    match trouble:
        case Trouble.CLOSED_BEFORE:
            return faults.close_before()
        case Trouble.CLOSED_AFTER:
            return faults.close_after()
        case Trouble.SILENT_AFTER:
            return faults.silence_after()
        case Trouble.ERROR_BEFORE | Trouble.ERROR_AFTER:
            return faults.server_error(503, store=trouble is Trouble.ERROR_AFTER)
        case Trouble.HTML_BEFORE:
            return faults.html(502)
        case Trouble.HTML_AFTER:
            return faults.html(200, store=True)
        case Trouble.TRUNCATED_AFTER:
            return faults.truncated_json()
        case Trouble.TRICKLE:
            return Fault(ending=Ending.TRICKLE, store=True, pause=0.001)
        case Trouble.REDIRECT:
            return faults.redirect(307, "/elsewhere")
    return _on_x(trouble, wait) if x else _on_facebook(trouble, account, wait)


def _on_x(trouble: Trouble, wait: float) -> Fault:
    if trouble is Trouble.KEYS_ONCE:
        return faults.answer(
            401,
            {
                "title": "Unauthorized",
                "type": "about:blank",
                "status": 401,
                "detail": "Unauthorized",
            },
        )
    if trouble is Trouble.NO_CREDITS:
        detail = "Your enrolled account does not have any credits to fulfill this request."
        kind = "https://api.twitter.com/2/problems/credits"
        return faults.answer(402, {"title": "CreditsDepleted", "detail": detail, "type": kind})
    many = {
        "title": "Too Many Requests",
        "detail": "Too Many Requests",
        "type": "about:blank",
        "status": 429,
    }
    reset = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(int(time.time() + wait))}
    return faults.answer(429, many, reset if trouble is Trouble.LIMIT_TIMED else {})


def _on_facebook(trouble: Trouble, account: str, wait: float) -> Fault:
    if trouble is Trouble.KEYS_ONCE:
        return faults.answer(
            400, {"error": {"message": "Invalid OAuth access token.", "code": 190}}
        )
    minutes = int(wait // 60) if trouble is Trouble.LIMIT_TIMED else 0
    usage = f'{{"{account}":[{{"type":"pages","call_count":100,"estimated_time_to_regain_access":{minutes}}}]}}'
    headers = {"x-business-use-case-usage": usage} if trouble is Trouble.LIMIT_TIMED else {}
    return faults.answer(
        400, {"error": {"message": "(#32) Page request limit reached", "code": 32}}, headers
    )
