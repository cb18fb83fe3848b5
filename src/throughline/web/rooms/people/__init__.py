"""People: who may enter the district, and how its people sign in."""
