"""The tables of languages that are read without a model: one file of words a language."""
