"""No link of the finished PDF leads nowhere or to this machine, and the file stays small."""

from io import BytesIO

import pytest
from academy_pdf import finishing
from academy_pdf.printing import Incomplete
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, NameObject, TextStringObject


def pdf(address=None, place=None):
    """Return a PDF of one page with one link; it knows the place “here”."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_named_destination("here", 0)
    link = Link(rect=(0, 0, 9, 9), url=address or "https://example.org/")
    if place:
        del link["/A"]
        link[NameObject("/Dest")] = TextStringObject(place)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("link", [{"address": "https://arxiv.org/abs/1"}, {"place": "here"}])
def test_links_that_a_reader_can_follow_pass(link):
    finishing.check(pdf(**link))


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        ({"place": "there"}, "page 1 leads to “there”, which is not in the PDF"),
        ({"address": "http://127.0.0.1:8000/x.html"}, "which only this machine has"),
        ({"address": "http://localhost/x.html"}, "which only this machine has"),
        ({"address": "file:///home/x.html"}, "which only this machine has"),
    ],
)
def test_links_that_nobody_can_follow_are_named(link, complaint):
    with pytest.raises(Incomplete, match=complaint):
        finishing.check(pdf(**link))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(finishing, "LARGEST", 100)
    with pytest.raises(Incomplete, match="MB, more than"):
        finishing.check(pdf())


def test_elements_that_a_browser_dropped_leave_no_gap():
    def table(first, second):
        return (
            f"<< /S /TH /ID ({first}) >> << /S /TH /ID ({second}) >> "
            f"<< /S /TD /Headers [ ({second}) ] >> << /Names [ ({first}) 4 0 R ({second}) 5 0 R ] >>".encode()
        )

    expected = table("node00000001", "node00000002")
    assert finishing.with_own_numbers(table("node00000491", "node00000493")) == expected
    assert finishing.with_own_numbers(table("node00000492", "node00001000")) == expected
