"""The error tree: what a bad call raises.

Bad material is never an exception: a reader or a loader returns a
:class:`probatum.model.Problem` for it. Bad calls raise one of these::

    ProbatumError
    ├── UsageError            a call that cannot be carried out as it was put
    │   ├── UnknownNameError  a name that is not registered (says what is known)
    │   ├── NotABaseError     no probatum.toml here or above
    │   └── SettingsError     probatum.toml holds something it must not
    ├── PackError             a pack of data is missing or has bad rows
    ├── StatsError            numbers that no model can take (study, field, allowed)
    ├── RefusedError          not permitted: outside the base, no token, read-only
    ├── BusyError             another build or writer holds the base
    ├── UnreachableError      a service or a cluster does not answer, or not as agreed
    └── StorageError          the disk is full or a folder cannot be written

Every message says what is wrong and what to do.
"""

from __future__ import annotations


class ProbatumError(Exception):
    """Root of all errors that Probatum raises on purpose."""


class UsageError(ProbatumError):
    """A call that cannot be carried out as it was put."""


class UnknownNameError(UsageError):
    """A name that is not registered; the message lists the known ones."""


class NotABaseError(UsageError):
    """No probatum.toml was found where a base is needed."""


class SettingsError(UsageError):
    """A setting in probatum.toml is unknown or has an impossible value."""


class PackError(ProbatumError):
    """A pack of data is missing, or some of its rows are not valid."""


class StatsError(ProbatumError):
    """Numbers that no model can take; names study, field and what is allowed."""


class RefusedError(ProbatumError):
    """Something that is not permitted, such as a path outside the base."""


class BusyError(ProbatumError):
    """Another build or writer holds the base."""


class UnreachableError(ProbatumError):
    """A service or a cluster does not answer, or not as agreed."""


class StorageError(ProbatumError):
    """The disk is full, or a folder cannot be read or written."""
