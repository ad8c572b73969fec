"""Words that turn what a sentence says, and pairs of sentences that only the order of words tells apart."""

from collections.abc import Sequence

TURNS = frozenset({"not", "n't", "but"})

PAIRS = (
    ("It is not bad, it is good.", "It is not good, it is bad."),
    ("The plot is clever, not dull.", "The plot is dull, not clever."),
    ("I do not hate it, I love it.", "I do not love it, I hate it."),
    ("It starts badly but ends well.", "It starts well but ends badly."),
    ("Slow at first, then gripping.", "Gripping at first, then slow."),
    ("What looks cheap is brilliant.", "What looks brilliant is cheap."),
    ("You expect a mess and get a masterpiece.", "You expect a masterpiece and get a mess."),
    ("Better than the first one, never worse.", "Worse than the first one, never better."),
    ("No boring scene, only beautiful ones.", "No beautiful scene, only boring ones."),
    ("It seems stupid but is smart.", "It seems smart but is stupid."),
    ("I wanted to leave, then I wanted to stay.", "I wanted to stay, then I wanted to leave."),
    ("Far from terrible, it is wonderful.", "Far from wonderful, it is terrible."),
    ("Never dull, always funny.", "Never funny, always dull."),
    ("It has heart instead of noise.", "It has noise instead of heart."),
    ("I came in sad and went out happy.", "I came in happy and went out sad."),
    ("It is more fun than pain.", "It is more pain than fun."),
    ("The critics hated it, and I loved it.", "The critics loved it, and I hated it."),
    ("Not one weak moment in a strong film.", "Not one strong moment in a weak film."),
    ("Fresh, without a stale joke.", "Stale, without a fresh joke."),
    ("The trailer is awful, the film delightful.", "The trailer is delightful, the film awful."),
)
"""A positive sentence, and a negative one of the same words."""


def has_turn(sentence: Sequence[str]) -> bool:
    """Say whether one of a sentence's words is a turn."""
    return not TURNS.isdisjoint(sentence)
