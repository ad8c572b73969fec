"""Task 3: text files of any encoding, read or refused with a sentence that helps."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from academy.homework.tasks import Finding, calling, right, wrong

TEXT = "Լավ ֆիլմ է։ Хорошо!\nDéjà vu 🙂\n"
RUSSIAN, FRENCH = "Хороший фильм\n", "Déjà vu, garçon\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x02"
NULS = b"word\x00word\x00\x00\x00"


class Case(NamedTuple):
    """A file, how it is read, and what comes of it."""

    name: str
    content: bytes
    encoding: str | None
    text: str | None
    """None where it must be refused."""
    said: str
    look: str


CASES = [
    Case("plain.txt", TEXT.encode(), None, TEXT, "in UTF-8", 'try "utf-8" first, whatever the system uses.'),
    Case("empty.txt", b"", None, "", "without a byte", "an empty file is an empty text."),
    Case(
        "from-an-editor.txt",
        codecs.BOM_UTF8 + TEXT.encode(),
        None,
        TEXT,
        "in UTF-8 with a BOM",
        'the BOM is no part of the text: the encoding "utf-8-sig" takes it away.',
    ),
    Case(
        "little.txt",
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        None,
        TEXT,
        "in UTF-16, little end first",
        'it begins with the bytes FF FE; then the encoding is "utf-16", which takes them away.',
    ),
    Case(
        "big.txt",
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        None,
        TEXT,
        "in UTF-16, big end first",
        'it begins with the bytes FE FF; then the encoding is "utf-16", which takes them away.',
    ),
    Case(
        "russian.txt",
        RUSSIAN.encode("cp1251"),
        "cp1251",
        RUSSIAN,
        "in Windows-1251, with that encoding given",
        "where `encoding` is given, use it.",
    ),
    Case(
        "french.txt",
        FRENCH.encode("latin-1"),
        "latin-1",
        FRENCH,
        "in Latin-1, with that encoding given",
        "where `encoding` is given, use it.",
    ),
    Case(
        "russian.txt",
        RUSSIAN.encode("cp1251"),
        None,
        None,
        "in Windows-1251, without an encoding given",
        "nobody can know whether it is Windows-1251, Latin-1 or another: each reads all bytes, all but one "
        "as nonsense. Raise a ValueError.",
    ),
    Case(
        "french.txt",
        FRENCH.encode("latin-1"),
        None,
        None,
        "in Latin-1, without an encoding given",
        "a byte order mark, or UTF-8, or a ValueError: do not guess.",
    ),
    Case(
        "wrong.txt",
        TEXT.encode(),
        "ascii",
        None,
        "in UTF-8, with the encoding ascii given",
        'letters must not vanish: no `errors="ignore"` or "replace".',
    ),
    Case(
        "picture.png",
        PICTURE,
        None,
        None,
        "that is a picture",
        "a file that is no text is refused with a ValueError.",
    ),
    Case(
        "table.bin",
        NULS,
        None,
        None,
        "with zero bytes in it",
        "without a byte order mark, a zero byte (`b'\\0' in content`) says that this is no text.",
    ),
]


def reads(read_text: Any) -> Iterator[Finding]:
    """Write files of several encodings, and have them read."""
    with TemporaryDirectory() as folder:
        for case in CASES:
            path = Path(folder) / case.name
            path.write_bytes(case.content)
            found = list(case_mistakes(read_text, path, case))
            if path.read_bytes() != case.content:
                found = [wrong("`read_text` changes the file that it reads.", 'open it with "rb".')]
            if found:
                yield from found
                return
    yield right("UTF-8 and UTF-16, with and without a byte order mark, and any encoding that is given")
    yield right("what cannot be known is refused, with a sentence that names the file and what to give")


def case_mistakes(read_text: Any, path: Path, case: Case) -> Iterator[Finding]:
    """Say what is wrong with what comes of a file."""
    given = "" if case.encoding is None else f', encoding="{case.encoding}"'
    try:
        with calling(f'read_text(Path("{case.name}"){given})'):
            text = read_text(path) if case.encoding is None else read_text(path, encoding=case.encoding)
    except ValueError as error:
        if case.text is not None:
            yield wrong(
                f"A file {case.said} is refused: {type(error).__name__}: {str(error)[:80]}.", case.look
            )
        else:
            yield from message_mistakes(str(error), case)
        return
    if (text is None or text is ...) and case.text is not None:
        yield wrong("`read_text` returns nothing.", "end it with `return` and the text.")
    elif text is None:
        yield wrong(f"A file {case.said} becomes `None`.", case.look)
    elif not isinstance(text, str):
        yield wrong(f"A file {case.said} becomes {type(text).__name__}.", "`content.decode(encoding)`.")
    elif case.text is None:
        yield wrong(f"A file {case.said} becomes {text[:30]!r}.", case.look)
    elif text.replace("\r\n", "\n") != case.text:
        yield wrong(f"A file {case.said} becomes {text[:30]!r}, not {case.text[:30]!r}.", case.look)


def message_mistakes(message: str, case: Case) -> Iterator[Finding]:
    """Say what the sentence of a refusal lacks."""
    if case.name not in message:
        yield wrong(
            f"A file {case.said} is refused with “{message[:100]}”.",
            "whoever reads it may have given a hundred files: name this one.",
        )
    elif "encoding" not in message.lower() and case.name.startswith(("russian", "french")):
        yield wrong(
            f"A file {case.said} is refused with “{message[:100]}”.",
            "say what to do, too: give an `encoding`.",
        )
