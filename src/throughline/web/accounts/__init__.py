"""People: accounts, memberships, invitations and sign-in."""
