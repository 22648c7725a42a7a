"""From an article's text to who said what in it."""
