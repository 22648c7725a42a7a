"""One file for each place a digest can be posted to, and the pure payload builders beside them."""
