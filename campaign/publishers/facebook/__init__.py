"""Facebook Pages: the calls, the answers, the rules."""
