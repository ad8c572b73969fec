"""What only Lesson 4 uses: its architectures, its sweeps' results, and how its nets are trained."""
