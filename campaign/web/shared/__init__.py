"""What posts share and is written in the pages: facts, awareness days, the times of an account."""
