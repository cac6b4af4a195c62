"""The commands: what each is for, and the module and the name of its function."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its function is imported when it runs, since it may need the database."""

    module: str
    function: str
    help: str
    needs_database: bool = True


COMMANDS = {
    "init": Command(
        "setup",
        "init",
        "make the database, the roles and a config.toml; may be run again",
        False,
    ),
    "demo": Command(
        "demo", "demo", "look around: the starter campaign in dry run, with its pages", False
    ),
    "check": Command(
        "content", "check", "read posts, facts and templates, and print every finding", False
    ),
    "load": Command("content", "load", "check posts, then bring them into the database"),
    "preview": Command(
        "content", "preview", "the exact text that each channel would get", False
    ),
    "write-files": Command(
        "content",
        "write_files",
        "the campaigns and posts that were written in the pages, as files that say the same",
    ),
    "approve": Command("approve", "approve", "approve loaded posts and queue them"),
    "user": Command("setup", "user", "add a person, change their role, or set their password"),
    "queue": Command(
        "queue", "show_queue", "the deliveries: what goes out when, and how each one stands"
    ),
    "run": Command("run", "run", "the clock: publish what is due, until stopped"),
    "serve": Command("serve", "serve", "the pages and the clock in one program, until stopped"),
    "web": Command("serve", "web", "the pages alone; the clock is another program's (run)"),
    "rehearse": Command(
        "rehearse",
        "rehearse",
        "the campaign on a simulated clock: what would go out, and what not",
        False,
    ),
    "log": Command("log", "show_log", "the publish log: every attempt and every change"),
    "pause": Command(
        "pauses", "pause", "stop publishing, all of it or one campaign, channel or language"
    ),
    "resume": Command(
        "pauses", "resume", "end a pause; what came due meanwhile waits for a decision"
    ),
    "retry": Command("deciding", "retry", "send failed or missed deliveries again, now"),
    "cancel": Command("deciding", "cancel", "take deliveries out of the queue"),
    "reschedule": Command("deciding", "reschedule", "give a delivery a new time"),
    "allow": Command(
        "deciding",
        "allow",
        "say, as a second person, that deliveries may go out on a day of remembrance",
    ),
    "remove": Command(
        "deciding",
        "remove",
        "take published deliveries down on their network; the log keeps them",
    ),
    "resolve": Command("deciding", "resolve", "say whether an unconfirmed delivery is out"),
    "looked": Command(
        "deciding",
        "looked",
        "say that you have looked at an account that the program has to look at first, and cannot",
    ),
    "withdraw": Command(
        "stories",
        "withdraw",
        "a storyteller takes their story back, or a part of it: at once, no reason asked",
    ),
    "hold": Command(
        "stories",
        "hold",
        "stop everything about a storyteller who is ill, has died or asked for time",
    ),
    "release": Command(
        "stories", "release", "end a hold; what came due meanwhile waits for a decision"
    ),
    "erase": Command(
        "stories",
        "erase",
        "erase what is known of storytellers whose time of keeping is over, or of one who asks for it",
    ),
    "backup": Command(
        "backup", "backup", "copy the database and the pictures into one file, while all runs"
    ),
    "restore": Command(
        "backup",
        "restore",
        "put a backup in place; publishing is paused then, and looks before it sends",
        False,
    ),
    "manage": Command("setup", "manage", "Django's own commands", False),
}
