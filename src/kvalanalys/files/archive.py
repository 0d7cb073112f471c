"""Zip files from outside, read with limits: nothing is unpacked to disk."""

from __future__ import annotations

import io
import zipfile
import zlib

from kvalanalys.errors import FileError
from kvalanalys.messages import _

MOST_BYTES = 200 * 1024 * 1024
MOST_ENTRIES = 5_000


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open a zip file held in memory.

    Raises
    ------
    FileError
        The bytes are not a zip file, or it has more than 5 000 entries.

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileError(_("The file is damaged: it is not a zip archive.")) from error
    if len(archive.infolist()) > MOST_ENTRIES:
        raise FileError(_("The file holds more than {n} parts.").format(n=MOST_ENTRIES))
    return archive


def read_part(archive: zipfile.ZipFile, name: str, *, most: int = MOST_BYTES) -> bytes:
    """Return one part of an archive, inflated; the bytes that come out are counted, not believed.

    Raises
    ------
    FileError
        There is no such part, it is damaged, or it inflates to more than ``most`` bytes.

    """
    try:
        with archive.open(name) as part:
            content = part.read(most + 1)
    except KeyError as error:
        raise FileError(_("The file lacks its part “{part}”.").format(part=name)) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        raise FileError(_("The file is damaged in its part “{part}”.").format(part=name)) from error
    if len(content) > most:
        raise FileError(_("The part “{part}” inflates beyond the limit.").format(part=name))
    return content
