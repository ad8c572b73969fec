"""Apps to try what the lessons teach on pictures of your own: what all of them share, and a folder each."""
