"""The way to the database: which one, short transactions, questions with names, and the events of the log."""
