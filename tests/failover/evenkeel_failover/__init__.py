"""Failover tests of an Evenkeel farm: verbs, load from outside, expectations, report."""

from .errors import FarmError, LabMissing, NeedsLab, NotHeld
from .farm import Farm
from .lab import Lab, LabOptions
from .traffic import Load

__all__ = (
    "Farm",
    "FarmError",
    "Lab",
    "LabMissing",
    "LabOptions",
    "Load",
    "NeedsLab",
    "NotHeld",
)
