"""The longest texts that networks take. They stand apart from what counts a text, whose tables take long to make."""

MAX_TWEET = 280
"""What a post on X may count, by `length.weighted_length`."""
MAX_FACEBOOK = 63_206
"""Characters a post on a Facebook Page may have."""
