"""From an entry's link to an article with clean text."""
