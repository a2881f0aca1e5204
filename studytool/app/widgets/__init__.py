"""The parts of screens: each widget a file of its own."""
