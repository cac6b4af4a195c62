"""The pages of posts that go out again and again."""
