"""The app in a browser: textual-serve behind a gate. Only `studytool serve` imports this room."""
