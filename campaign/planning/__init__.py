"""When each post is due on each channel, what it says there, and what is wrong with it."""
