"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kvalanalys.errors import FileError
from kvalanalys.messages import _


def write_file(path: Path, content: bytes) -> None:
    """Write bytes beside the target, sync, then replace; the target is the old or the new file.

    Raises
    ------
    FileError
        The folder is not writable, the disk is full, or another program holds the target open.

    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> FileError:
    # Windows refuses to replace a file that Word or Excel has open.
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return FileError(
            _("{path} could not be replaced.").format(path=path),
            hint=_("Close the program that has it open (Word, Excel) and run the command again."),
        )
    return FileError(
        _("{path} could not be written: {reason}.").format(path=path, reason=error.strerror),
        hint=_("Choose a folder that you may write in and that has free space."),
    )


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    FileError
        There is no such file, or it may not be read.

    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(
            _("{path} could not be read: {reason}.").format(path=path, reason=error.strerror),
            hint=_("Check the name of the file and that you may read it."),
        ) from error
