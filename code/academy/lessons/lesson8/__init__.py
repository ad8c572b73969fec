"""What Lesson 8 alone uses: pictures and words."""
