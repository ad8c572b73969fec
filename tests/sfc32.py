"""The interactives' random numbers in Python, after the description in their `shared/random.js`."""

import math

MASK = 0xFFFFFFFF


def hashed(text: str) -> int:
    """Mix text into 32 bits (FNV-1a over code points)."""
    value = 0x811C9DC5
    for character in text:
        value = ((value ^ ord(character)) * 0x01000193) & MASK
    return value


class Random:
    """The generator sfc32 of PractRand, seeded by numbers and words."""

    def __init__(self, *key: object) -> None:
        text = ",".join(map(str, key))
        self.a, self.b, self.c = (hashed(f"{name} {text}") for name in "abc")
        self.counter = 1
        self.spare: float | None = None
        for _ in range(15):
            self.next()

    def next(self) -> float:
        """Return a number in [0, 1)."""
        total = (self.a + self.b + self.counter) & MASK
        self.counter += 1
        self.a = self.b ^ (self.b >> 9)
        self.b = (self.c + (self.c << 3)) & MASK
        self.c = (((self.c << 21) | (self.c >> 11)) + total) & MASK
        return total / 2**32

    def normal(self) -> float:
        """Return a standard Gaussian number, by Box and Muller's method, two at a time."""
        if self.spare is not None:
            spare, self.spare = self.spare, None
            return spare
        radius = math.sqrt(-2 * math.log(1 - self.next()))
        angle = 2 * math.pi * self.next()
        self.spare = radius * math.sin(angle)
        return radius * math.cos(angle)
