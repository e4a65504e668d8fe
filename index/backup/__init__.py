"""Backup and restore (säkerhetskopia): the record, the originals and what the home alone has; all else is made again.

A backup is a folder. Making it anew copies only the originals that are new, and forgets those that the record no
longer has, so that what was removed here is gone there too.
"""

from index.backup.manifest import BackupError, Manifest
from index.backup.restoring import Restored, restore
from index.backup.taking import Taken, take

__all__ = ["BackupError", "Manifest", "Restored", "Taken", "restore", "take"]
