"""What only Lesson 3 uses: its sweeps' results, and how its nets are trained."""
