"""What helps who writes a post: corrections of its texts, cuts of its pictures."""
