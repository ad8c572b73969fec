"""What the pages of all apps share of their HTML."""

import base64
from html import escape


def frame(said: str, body: str, wrong: str = "") -> str:
    """Put together what is read aloud, what went wrong, and what is seen.

    The two paragraphs are always there and only their text changes: so screen readers notice.
    """
    return (
        f'<p role="status" class="sr-only">{escape(said)}</p>'
        f'<p role="alert" class="problem">{escape(wrong)}</p><div>{body}</div>'
    )


def address(content: bytes, kind: str) -> str:
    """Write a file as an address that holds all of it.

    Args:
        content: Of the file.
        kind: Its media type, as in ``image/png``.
    """
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
