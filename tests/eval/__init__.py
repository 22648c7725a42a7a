"""Labelled articles of our own writing, and how the engine does on them."""
