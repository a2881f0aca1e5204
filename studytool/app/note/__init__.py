"""A note to be read: its text cut into pieces, laid out piece by piece as they come into view."""
