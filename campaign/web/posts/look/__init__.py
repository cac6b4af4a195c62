"""What stands beside the form of a post while it is written: how it will look, and what is wrong with it."""
