"""The parts of a built site are read from the contents that its pages show."""

import pytest
from academy_pdf import contents

FRONT = """<div class="bd-links"><p class="caption">Start</p>
<ul><li><a class="reference" href="book/setup.html">How to</a></li></ul>
<p class="caption">Vision</p><ul><li><a class="reference" href="lessons/3/lesson3.html">3. Nets</a>
<details><ul><li><a class="reference" href="lessons/3/homework3.html">Homework</a></li></ul></details>
</li></ul>
</div>"""


def test_parts_have_their_pages_in_order(tmp_path):
    (tmp_path / "index.html").write_text(FRONT)
    assert contents.parts(tmp_path) == [
        contents.Part("Start", ("book/setup",)),
        contents.Part("Vision", ("lessons/3/lesson3", "lessons/3/homework3")),
    ]


def test_a_site_without_contents_is_refused(tmp_path):
    (tmp_path / "index.html").write_text("<p>Nothing</p>")
    with pytest.raises(ValueError, match="names no chapters"):
        contents.parts(tmp_path)


def test_a_page_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"name lessons/3/lesson3, but .* build the book again"):
        contents.article(tmp_path, "lessons/3/lesson3")
