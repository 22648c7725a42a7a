"""From a digest to a platform-neutral document, and from that to text, HTML and JSON."""
