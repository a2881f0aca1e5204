"""Statistics of a log: what was done, what was remembered, and how well that was predicted."""
