"""The log on the disk: its file, its lines, its backups, and what is done when something is wrong with it."""
