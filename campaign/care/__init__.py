"""Looking after people: words of distress raise a hand, those on duty are told, and incidents stand in a register."""
