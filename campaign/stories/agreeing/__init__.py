"""What comes with a consent: who speaks, whom they trust, what they have answered so far, and the page as it was shown."""
