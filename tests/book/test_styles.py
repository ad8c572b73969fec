"""The one style sheet has the rules that a page can use, also where it is kept from an earlier build."""

from academy_book import styles

RULES = ".seen {color: red} .unseen {color: blue}"


def test_what_came_of_style_sheets_is_kept_until_one_or_a_name_on_a_page_changes(tmp_path, monkeypatch):
    read, layered = [], styles.layered
    monkeypatch.setattr(styles, "layered", lambda *given: read.append(given) or layered(*given))

    def made(rules, *names):
        known = styles.Vocabulary({"html", "body"}, set(names))
        return styles.layered_once({styles.OURS: rules}, known, tmp_path / styles.KEPT)

    first = made(RULES, "seen")
    assert "red" in first
    assert "blue" not in first
    assert made(RULES, "seen") == first
    assert len(read) == 1, "the same is read once"
    assert "blue" in made(RULES, "seen", "unseen")
    assert "green" in made(RULES.replace("red", "green"), "seen")
    assert len(read) == 3
