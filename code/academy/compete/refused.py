"""What ends the reading of a hand-in."""


class Refused(Exception):
    """A hand-in breaks a rule; the message is a sentence for its author."""
