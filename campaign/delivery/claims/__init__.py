"""What is asked about a claim: whether it may still be sent, and whether the place that it takes is free."""
