"""What the first screen is made of: the tree of topics, and what stands beside it."""
