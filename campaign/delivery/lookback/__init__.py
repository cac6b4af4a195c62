"""Looking back before sending: a database that is older than what went out, such as a restored backup, does not know it.

Each channel then keeps since when its account has to be looked at (`waiting`), and nothing is claimed on it before. What
the look shows and no delivery owns is held against what the database has (`strays`). A program notices by itself, when it
begins, that its database is an older one (`beginning`)."""
