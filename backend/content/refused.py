"""What cannot be kept."""


class Refused(Exception):
    """This content is not taken; the message says why and what is."""
