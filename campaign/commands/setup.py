"""Setting up: the database, the roles, people."""

import os
import shutil
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command, execute_from_command_line
from django.db import connection, transaction

from campaign.commands import people
from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.origin import our_own
from campaign.commands.frame.output import complain, say
from campaign.config.reading import DEFAULT_FILE
from campaign.core.installation import COMMAND, STARTER
from campaign.core.problem import Problem
from campaign.database import events
from campaign.database.sql import writing
from campaign.people.roles import Role, add_user, make_roles


def init(call: Call) -> int:
    """Makes config.toml, the database, the roles and the first admin. What is there already stays as it is."""
    if not call.config.file and not os.path.lexists(DEFAULT_FILE):
        _write_config()
        say(
            f"{DEFAULT_FILE} is new: it holds every setting and its default. Dry run is on until you turn it off there."
        )
        # With the first config.toml only: later, the posts that came with the program are in use, and others would take
        # their place.
        for folder in filter(_bring, (Path("posts"), Path("templates"))):
            say(f"{folder} is new: it came with the program, and is yours to change.")
    migrate()
    say(f"The database is ready: {_where()}.")
    if call.arguments.admin:
        _give_role(call, call.arguments.admin, Role.ADMIN)
    elif not User.objects.filter(groups__name=Role.ADMIN).exists():
        say("There is no admin yet. Add one with: scheduler.py user add NAME --role admin")
    return WELL


def user(call: Call) -> int:
    """Adds a person, gives them another role, or sets their password."""
    if call.arguments.action == "password":
        return people.password(call)
    _give_role(call, call.arguments.name, Role(call.arguments.role))
    return WELL


def _give_role(call: Call, name: str, role: Role) -> None:
    """Gives a person, new or known, a role, and notes it in the log: who may approve is part of what that must show."""
    with transaction.atomic():
        person, is_new = add_user(name, role)
        done = f"{person.username} is now {role}."
        if is_new:
            done = f"{person.username} was added as {role}."
        events.note(
            None, "", "", call.clock(), actor="command line", action="role given", reason=done
        )
    say(done)


def manage(call: Call) -> int:
    """Runs one of Django's own commands."""
    rest = call.arguments.rest or ["help"]
    if rest[0] == "migrate":  # it would begin with tables that it cannot bring to an end
        our_own()
    execute_from_command_line([f"{COMMAND} manage", *rest])
    return WELL


def migrate() -> None:
    """Brings the database to this version of the program, and makes the roles: all of it, or nothing.

    Raises Problem for a database of another program, or of a version that cannot be brought up.
    """
    if connection.vendor == "sqlite":
        _database_folder().mkdir(parents=True, exist_ok=True)
    our_own()
    # One transaction: whoever ends the program in its middle finds the database as it was, and of two programs that begin
    # at a time the second waits, then has nothing to do. SQLite changes tables only without these checks, which cannot be
    # switched off within a transaction; Django looks at every reference before it ends a migration.
    with connection.constraint_checks_disabled(), writing():
        call_command("migrate", verbosity=0, interactive=False)
        make_roles()


def need_database() -> None:
    """Makes a database that is not there yet. Raises Problem when there is no folder for it, or when it is one of an older
    or a newer version of the program, or of another program."""
    if connection.vendor == "sqlite" and not _database_folder().is_dir():
        raise Problem(
            f"The database's folder {_database_folder()} does not exist: to make it, run scheduler.py init."
        )
    executor = our_own()
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return
    if executor.loader.applied_migrations:
        raise Problem(
            "The database is from an older version: back it up, then run: scheduler.py init"
        )
    migrate()
    complain(f"A new database was made: {_where()}.")


def _write_config() -> None:
    """Copies the example to config.toml."""
    example = (STARTER / "config.example.toml").read_bytes()
    # Its owner alone may read it, since keys will be in it; and no file is overwritten that came up meanwhile.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(DEFAULT_FILE, flags, 0o600), "wb") as file:
        file.write(example)


def _bring(folder: Path) -> bool:
    """Copies a folder of the starter campaign, unless there is one already. Returns whether it did."""
    if os.path.lexists(folder):
        return False
    shutil.copytree(STARTER / folder, folder, copy_function=shutil.copyfile)
    return True


def _database_folder() -> Path:
    return Path(str(connection.settings_dict["NAME"])).parent


def _where() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    return f"{settings['NAME']} on {settings['HOST'] or 'this machine'}"
