"""What Lesson 7 alone uses."""
