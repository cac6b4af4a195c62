"""What is a person's right: that somebody looks after what they said, and a copy of all that is held of them."""
