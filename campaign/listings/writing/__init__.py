"""What pages ask about what people write: drafts, series, evergreen posts, facts, hashtags, the days of a campaign."""
