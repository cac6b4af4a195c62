"""What posts share: campaigns, facts, awareness days, in files and as people wrote it in the pages."""
