"""Fitting the parameters of FSRS-6 to one's own answers."""
