"""What is to be deleted on networks, whoever asks for it."""
