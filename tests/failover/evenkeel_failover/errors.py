"""What can go wrong, by who has to do something about it."""


class FarmError(Exception):
    """The farm, the lab or the load did not do what it was told."""


class LabMissing(FarmError):
    """This machine lacks something that the lab needs; the message says what."""


class NeedsLab(FarmError):
    """The verb needs the lab: nobody pulls a cable of a farm that only has an API."""


class NotHeld(AssertionError):
    """An expectation did not hold; the message says what was seen, when, where and why."""
