"""What volunteers hand in: messages and stories."""
