"""Who said what in languages other than English: French by a model and rules, the rest by tables."""
