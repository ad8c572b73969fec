"""Data and weights: what files exist, where they come from, and how they are verified."""
