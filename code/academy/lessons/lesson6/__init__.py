"""What only Lesson 6 uses: words as vectors."""
