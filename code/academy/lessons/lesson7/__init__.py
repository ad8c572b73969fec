"""What only Lesson 7 uses."""
