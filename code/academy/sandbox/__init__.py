"""What others made, run in a process of its own within limits; without PyTorch, so that it starts at once."""
