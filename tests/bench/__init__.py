"""Benchmarks: figures and ratios to look at, never asserted. ``make bench`` runs them all.

They write into temporary folders alone and serve what is polled and read on 127.0.0.1. The machine
is shared and noisy: short measurements are repeated and the median is given; trust the ratios.
"""
