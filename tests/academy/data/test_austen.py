"""Six novels, and how lines become chapters."""

from academy.data.austen import chapters_of, novels


def test_each_novel_has_all_its_chapters():
    assert {novel.title: len(novel.chapters) for novel in novels()} == {  # as in any printed edition
        "Emma": 55,
        "Mansfield Park": 48,
        "Northanger Abbey": 31,
        "Persuasion": 24,
        "Pride and Prejudice": 61,
        "Sense and Sensibility": 50,
    }


def test_a_chapter_begins_and_ends_with_her_words():
    chapters = {novel.title: novel.chapters for novel in novels()}
    assert chapters["Pride and Prejudice"][0].startswith(
        "It is a truth universally acknowledged, that a single man in possession of a good fortune, must "
        "be in want of a wife.\nHowever little known"
    )
    assert chapters["Emma"][-1].endswith("fully answered in the perfect happiness of the union.\n")
    assert "SIGNET" not in chapters["Northanger Abbey"][-1].upper()


def test_lines_become_paragraphs():
    before = ["A BOOK", "", "by me", "", "VOLUME I", ""]
    first = ["Chapter 1", "", "", "One  line,", "_another_.", "", '"Yes."', ""]
    second = ["CHAPTER II", "", "Chapter houses are old.", "", "THE END", ""]
    after = ["A NOTE ON THE TEXT", "", "Printed by somebody."]
    assert chapters_of([*before, *first, *second, *after]) == [
        'One line, another.\n"Yes."\n',
        "Chapter houses are old.\n",
    ]
