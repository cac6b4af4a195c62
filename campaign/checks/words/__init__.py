"""What is wrong with the words of one text."""
