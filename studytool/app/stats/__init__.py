"""The statistics as pictures, each with a sentence that says what it means, and both as files."""
