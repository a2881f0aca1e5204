"""What each command of the command line does, a module a command; `studytool.cli` imports them when they are called."""
