"""People in a text: the details that it tells of them, and what would lead to one of them."""
