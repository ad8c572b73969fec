"""What the chapter's page must know beside the GPT: how a text becomes tokens, and what to compare with."""

import json

from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7.austen_runs import JUDGED
from academy.lessons.lesson7.novels import VALIDATION, austen_byte_pairs, austen_split, tokens_of


def facts() -> str:
    """Write as JSON what the script is told.

    Returns:
        ``merges``, all pairs of ids one after the other, the first merged first; ``letters``, all characters
        of the four novels; ``judged``, the kept GPT's surprise about the novel for choosing: bits a letter,
        bits a token, and its title.

    Raises:
        AssetUnavailable: If the novels cannot be had.
    """
    novels = austen_split()
    (a_character,) = (
        row["bits"] for row in read_sweep("lessons/lesson7/gpt")["rows"] if row["part"] == "validation"
    )
    characters_a_token = JUDGED / len(tokens_of(novels.validation[:JUDGED]))
    return json.dumps(
        {
            "merges": [token for pair in austen_byte_pairs().merges for token in pair],
            "letters": "".join(sorted(set(novels.train))),
            "judged": {
                "title": VALIDATION,
                "character": a_character,
                "token": round(a_character * characters_a_token, 4),
            },
        },
        separators=(",", ":"),
    )
