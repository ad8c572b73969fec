"""Task 3: readers of files with a fault each, and right ones unlike ours."""

import codecs
import contextlib
import io
from pathlib import Path

import pytest


def sentence(path):
    return f"{path} is not in UTF-8: give its encoding."


def ours(path, encoding=None):
    content = Path(path).read_bytes()
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    found = [name for mark, name in marks.items() if content.startswith(mark)]
    if not (encoding or found) and b"\0" in content:
        raise ValueError(sentence(path))
    try:
        return content.decode(encoding or (found or ["utf-8"])[0])
    except UnicodeDecodeError as error:
        raise ValueError(sentence(path)) from error


def changed(**changes):
    """Ours, but for what happens with a file of one name."""

    def read_text(path, encoding=None):
        change = changes.get(path.stem)
        return change(path, encoding) if change else ours(path, encoding)

    return read_text


def library(path, encoding=None):
    return path.read_text(encoding=encoding or "utf-8")


def latin(path, encoding=None):
    return path.read_text(encoding=encoding or "latin-1")


def one_after_another(path, encoding=None):
    for tried in filter(None, (encoding, "utf-8-sig", "utf-16", "cp1251")):
        try:
            return path.read_text(encoding=tried)
        except UnicodeError:
            continue
    raise ValueError(sentence(path))


def with_bom(path, encoding=None):
    content = path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16-le" if content[0] == 0xFF else "utf-16-be")
    return ours(path, encoding)


def without_name(path, encoding=None):
    try:
        return ours(path, encoding)
    except ValueError as error:
        raise ValueError("Give an encoding.") from error


def without_advice(path, encoding=None):
    try:
        return ours(path, encoding)
    except ValueError as error:
        raise ValueError(f"{path} cannot be read.") from error


def none_in_place_of_an_error(path, encoding=None):
    try:
        return ours(path, encoding)
    except ValueError:
        return None


def emptying(path, encoding=None):
    text = ours(path, encoding)
    path.write_text("")
    return text


WRONG = [
    (lambda path, encoding=None: None, "`read_text` returns nothing"),
    (lambda path, encoding=None: path.read_bytes(), "becomes bytes"),
    (lambda path, encoding=None: path.read_text(encoding="ascii"), 'try "utf-8" first'),
    (library, '"utf-8-sig" takes it away'),
    (latin, 'try "utf-8" first'),
    (lambda path, encoding=None: path.read_text(encoding or "utf-8-sig"), "it begins with the bytes FF FE"),
    (with_bom, "which takes them away"),
    (one_after_another, "nobody can know"),
    (changed(big=lambda path, encoding: path.read_bytes()[2:].decode("utf-16-le")), "big end first"),
    (lambda path, encoding=None: ours(path), "where `encoding` is given, use it"),
    (changed(russian=lambda path, encoding: path.read_text("cp1251")), "nobody can know"),
    (changed(french=latin), "do not guess"),
    (changed(russian=lambda p, e: p.read_text(e or "utf-8", errors="ignore")), "nobody can know"),
    (changed(wrong=lambda p, e: p.read_text(e, errors="replace")), "letters must not vanish"),
    (changed(russian=library), "name this one"),
    (without_name, "name this one"),
    (without_advice, "say what to do, too"),
    (none_in_place_of_an_error, "Raise a ValueError"),
    (changed(picture=latin), "that is a picture becomes"),
    (changed(table=library), "with zero bytes in it becomes"),
    (emptying, "changes the file"),
    (lambda path: ours(path), "TypeError"),
    (changed(plain=lambda path, encoding: Path("?").read_text()), "FileNotFoundError"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(3, read_text=wrong)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def by_hand(path, encoding=None):
    """The mark is cut off, and line ends become one."""
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read()
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if encoding is None and content.startswith(mark):
            content, encoding = content[len(mark) :], name
            break
    else:
        if 0 in content:
            raise UnicodeError(f"{path.name}: a binary file")
    try:
        return "\n".join(str(content, encoding or "utf8").splitlines()) + ("\n" if content else "")
    except UnicodeDecodeError as error:
        raise UnicodeError(f"{path.name}: pass another ENCODING ({error})") from None


def by_streams(path, encoding=None):
    first = path.open("rb").read(2)
    tried = encoding or ("utf-16" if first in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    try:
        text = io.TextIOWrapper(path.open("rb"), encoding=tried).read()
    except ValueError as error:
        raise ValueError(f"{path.absolute()}: which encoding? {error}") from error
    if "\0" in text:
        raise ValueError(f"{path} has zero bytes, and no encoding makes letters of them.")
    return text


def one_after_another_strictly(path, encoding=None):
    """Begins with what is surest: UTF-16 counts only where a mark says so."""
    content = path.read_bytes()
    tries = (
        [encoding] if encoding else ["utf-16"] * (content[:2] in (b"\xff\xfe", b"\xfe\xff")) + ["utf-8-sig"]
    )
    for tried in tries:
        text = None
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(tried)
        if text is not None and "\0" not in text:
            return text
    raise ValueError(f"{path.name}: tried {tries}; give the encoding")


def by_codecs(path, encoding=None):
    """The library's readers, which keep line ends as they are."""
    with path.open("rb") as file:
        head = file.read(4)
    if encoding is None and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-8-sig"
        if b"\0" in path.read_bytes():
            raise ValueError(f"{path} is binary, or needs an encoding")
    try:
        with codecs.open(str(path), encoding=encoding or "utf-16") as reader:
            return reader.read()
    except UnicodeError as error:
        raise ValueError(f"could not read '{path}' as {encoding}; what is its encoding?") from error


RIGHT = {
    "ours": ours,
    "by hand": by_hand,
    "by streams": by_streams,
    "one after another": one_after_another_strictly,
    "codecs": by_codecs,
}


@pytest.mark.parametrize("read_text", RIGHT.values(), ids=RIGHT)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_right_answer_written_differently_is_accepted(checked, read_text):
    found = checked(3, read_text=read_text)
    assert found.solved, str(found)
