"""What people write: posts, drafts, versions, pictures, contributions, facts; and files that are loaded."""
