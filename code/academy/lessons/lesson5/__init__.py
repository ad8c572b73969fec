"""What only Lesson 5 uses: its faces, how its autoencoders are trained, and what is measured of them."""
