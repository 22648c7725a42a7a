"""Who said what in French."""
