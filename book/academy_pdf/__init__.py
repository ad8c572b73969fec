"""The whole book as one PDF, made of the built site: `make pdf`.

All chapters become one document without scripts, which a browser prints with the site's own style sheet. So
letters are embedded once, links between chapters are links inside of the PDF, and its parts keep the names
that screen readers tell. `contents.py` reads what there is, `chapters.py` prepares it for paper, `links.py`
says where a link leads there, `document.py` puts it together, `printing.py` prints it and `finishing.py`
adds what a browser leaves out, and looks whether all is there.
"""
