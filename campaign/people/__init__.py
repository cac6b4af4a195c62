"""The people of the network: accounts, roles, invitations, letters."""
