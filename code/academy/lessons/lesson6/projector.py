"""Word vectors as files for TensorFlow's Embedding Projector, which draws them in a browser."""

from pathlib import Path

from academy.atomic import atomic_folder
from academy.data.word_vectors import WordVectors


def write_projection(known: WordVectors, folder: Path) -> Path:
    """Write ``vectors.tsv``, a row a word with a tab between numbers, and ``metadata.tsv``, a word a row.

    Args:
        known: Words and vectors.
        folder: Where nothing is, or an empty folder; what is around it exists. It has both files afterwards,
            or neither.

    Returns:
        The folder.

    Raises:
        ValueError: If a word is empty, or has a tab or a line break, which would shift the words after it.
        OSError: If something is in the folder; that is left as it is.
    """
    for word in known.words:
        if "\t" in word or word.splitlines() != [word]:
            raise ValueError(
                f"The word {word!r} is empty, or has a tab or a line break, which would give the words after "
                "it the vectors of others: leave it out, or write it otherwise."
            )
    rows = ("\t".join(f"{number:.6g}" for number in row) for row in known.vectors.tolist())
    with atomic_folder(folder) as unfinished:
        for name, lines in (("vectors.tsv", rows), ("metadata.tsv", known.words)):
            (unfinished / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder
