"""A database of a rehearsal's own, in memory, with a copy of what the real one holds. The real one is only read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from campaign.database.sql import execute, insert_all
from campaign.models import ChannelState, Delivery
from campaign.states import WAITING, Status


class _OneTransaction(DatabaseWrapper):
    """No part of a rehearsal is ever undone alone, so none of its thousands of short transactions needs a savepoint."""

    def _savepoint_allowed(self) -> bool:
        return False


Kept = Sequence[tuple[type[models.Model], Sequence[models.Model]]]

LEFT_OUT = frozenset(
    {
        *("attempt", "event", "draft", "upload", "profile", "invitation", "takedown"),
        *("stray", "installation", "leftover"),
    }
)
"""The log, what people keep for themselves, and what is to be taken down: none of it says what goes out."""
LISTS = (
    "by_due",
    "by_fingerprint",
    "waiting_due",
    "others_due",
    "not_well",
    "by_action",
    "by_actor",
)
"""Indexes for the pages' lists, which nobody reads in a rehearsal; each would be kept up with every move."""
ON_ITS_WAY = (Status.SENDING, Status.UNCONFIRMED)
TRIED = (*ON_ITS_WAY, Status.PUBLISHED, Status.FAILED, Status.MISSED)
_QUICK = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY;"
"""It is gone after the rehearsal, so it need not survive anything, and no file keeps what was deleted."""


def kept() -> Kept:
    """The rows of the real database, table by table: posts, queue, pauses and consents, and people's names; [] without one."""
    if not _is_there():
        return []
    of_ours = [
        model
        for model in apps.get_app_config("campaign").get_models()
        if model._meta.model_name not in LEFT_OUT
    ]
    # Deliveries come first: a post that they name is there already, and is never deleted.
    of_ours.sort(key=lambda model: model is not Delivery)
    content: list[tuple[type[models.Model], Sequence[models.Model]]] = [
        (model, list(model._default_manager.all())) for model in of_ours
    ]
    # Of people only what rows name: no password and no address leaves the real database.
    people = User.objects.values_list("pk", "username")
    content.append((User, [User(pk=number, username=name) for number, name in people]))
    return content


@contextmanager
def own_database(content: Kept) -> Iterator[None]:
    """Everything that this thread asks of the database is asked of an own one, which begins with this content.

    All of it is one transaction: nobody else reads here, and what goes wrong ends the rehearsal as a whole."""
    real = connections[DEFAULT_DB_ALIAS]
    own = _in_memory()
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with own.schema_editor() as editor:
            for app in ("campaign", "auth"):
                for model in apps.get_app_config(app).get_models():
                    editor.create_model(model)
        for index in LISTS:
            execute(f"DROP INDEX {index}")
        own.disable_constraint_checking()  # the log, which some rows name, stays outside
        with transaction.atomic():
            for _, kept_rows in content:
                insert_all(kept_rows)
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = real
        if own.connection is not None:
            own.connection.close()  # Django itself keeps a database in memory open


def as_of(content: Kept, start: datetime, now: datetime, *, anew: bool) -> int:
    """Brings what was read to the moment at which the rehearsal begins. Returns how many deliveries are in doubt now.

    Nobody holds a channel. `anew`: nothing has gone out yet. Otherwise what is due before the rehearsal begins is taken
    as out by then, and so is what is on its way now.
    """
    doubted = 0
    for _, rows in content:
        for row in rows:
            if isinstance(row, ChannelState):
                _free(row, anew=anew)
            elif isinstance(row, Delivery) and anew:
                _not_yet_out(row)
            elif isinstance(row, Delivery):
                doubted += row.status == Status.UNCONFIRMED
                _out_by(row, start, now)
    return doubted


def _free(channel: ChannelState, *, anew: bool) -> None:
    channel.owner, channel.lease_until = "", None
    channel.look_since = None  # there is no account to look at
    if anew:
        channel.rest_until, channel.troubles = None, 0


def _not_yet_out(delivery: Delivery) -> None:
    if delivery.status in TRIED:
        delivery.status, delivery.reason, delivery.tries = Status.DRAFT, "", 0
        delivery.part_ids, delivery.remote_id, delivery.url = "", "", ""
        delivery.published_at = None


def _out_by(delivery: Delivery, start: datetime, now: datetime) -> None:
    is_due_before = start > now and delivery.due_at < start
    goes_out = delivery.status in WAITING and is_due_before
    if goes_out or delivery.status in ON_ITS_WAY:
        delivery.status = Status.PUBLISHED
        delivery.published_at = min(max(delivery.due_at, now), start)


def _is_there() -> bool:
    if connection.vendor == "sqlite":
        # To ask SQLite of a file that does not exist would make it.
        file = Path(str(connection.settings_dict["NAME"]))
        if not file.is_file():
            return False
    return Delivery._meta.db_table in connection.introspection.table_names()


def _in_memory() -> DatabaseWrapper:
    settings = {**connections[DEFAULT_DB_ALIAS].settings_dict, "NAME": ":memory:"}
    settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "init_command": _QUICK}
    return _OneTransaction(settings, DEFAULT_DB_ALIAS)
