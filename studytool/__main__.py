"""`python -m studytool` is the same as the `studytool` command."""

from studytool.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
