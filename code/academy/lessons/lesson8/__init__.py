"""What only Lesson 8 uses: captions, pictures and texts in one space, zero-shot, diffusion."""
