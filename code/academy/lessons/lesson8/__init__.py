"""What belongs to Lesson 8 alone."""
