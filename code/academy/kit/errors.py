"""What keeps a kit from being made, as a sentence for the teacher."""


class KitError(Exception):
    """A kit cannot be made as asked."""
