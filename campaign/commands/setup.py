"""Setting up: the database, the roles, people."""

import shutil
import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from campaign.cli import WELL, Call
from campaign.config import DEFAULT_FILE, PROGRAM
from campaign.problem import Problem
from campaign.roles import Role, add_user, make_roles


def init(call: Call) -> int:
    """config.toml, database, roles, first admin. What is there already stays as it is."""
    if not call.arguments.config and not DEFAULT_FILE.exists():
        shutil.copyfile(PROGRAM / "config.example.toml", DEFAULT_FILE)
        print(
            f"{DEFAULT_FILE} is new: it holds every setting and its default. Dry run is on until you turn it off there."
        )
    migrate()
    print(f"The database is ready: {_where()}.")
    if call.arguments.admin:
        _, is_new = add_user(call.arguments.admin, Role.ADMIN)
        print(f"{call.arguments.admin} is {'a new' if is_new else 'an'} admin.")
    elif not User.objects.filter(groups__name=Role.ADMIN).exists():
        print("There is no admin yet: scheduler.py user add NAME --role admin")
    return WELL


def user(call: Call) -> int:
    """Adds a person, or gives them another role."""
    name = call.arguments.name
    _, is_new = add_user(name, Role(call.arguments.role))
    print(f"{name} is now {call.arguments.role}." if not is_new else f"{name} was added as {call.arguments.role}.")
    return WELL


def manage(call: Call) -> int:
    """Django's own commands."""
    execute_from_command_line(["scheduler.py manage", *(call.arguments.rest or ["help"])])
    return WELL


def migrate() -> None:
    """Brings the database to this version of the program, and makes the roles."""
    if connection.vendor == "sqlite":
        Path(str(connection.settings_dict["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    make_roles()


def need_database() -> None:
    """Makes a database that is not there yet. Raises Problem when it is one of an older version of the program."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return
    if executor.loader.applied_migrations:
        raise Problem("The database is from an older version: back it up, then run: scheduler.py init")
    migrate()
    print(f"A new database was made: {_where()}.", file=sys.stderr)


def _where() -> str:
    name = str(connection.settings_dict["NAME"])
    return name if connection.vendor == "sqlite" else f"{name} on {connection.settings_dict['HOST'] or 'this machine'}"
