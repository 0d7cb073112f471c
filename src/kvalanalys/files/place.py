"""Where a folder lies: what would copy interviews to other machines, and names Windows can't have."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath

from kvalanalys.messages import _, list_names

_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud",
           "mobile documents", "box sync")  # fmt: skip
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.davfs", "davfs", "afpfs",
            "9p", "fuse.rclone"}  # fmt: skip
_PORTS = {f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10)}
_RESERVED = {"con", "prn", "aux", "nul", *_PORTS}
_DRIVE_REMOTE = 4  # GetDriveTypeW, Windows API


def place_warnings(folder: Path) -> tuple[str, ...]:
    """Return what is unsafe about a folder for interviews, each with what to do; mostly nothing."""
    path = folder.resolve()
    found = []
    if service := _synced_by(path):
        found.append(
            _("The study lies in a folder that {service} copies to the cloud: interviews would "
              "leave this computer. Move it to a folder that is not synchronised.").format(
                service=service)
        )  # fmt: skip
    if _is_on_network(path):
        found.append(
            _("The study lies on a network share, where others may read it and its database can "
              "be damaged. Move it to this computer's own disk.")
        )  # fmt: skip
    if root := _work_tree(path):
        found.append(
            _("The study lies in the git work tree {root}. Its .gitignore keeps the interviews "
              "out of git; never add them with force, or move the study elsewhere.").format(
                root=root)
        )  # fmt: skip
    return tuple(found)


def name_problem(name: str) -> str:
    """Return why Windows can't have a file or folder of that name, or an empty text."""
    if PurePath(name).name.split(".")[0].strip().casefold() in _RESERVED:
        return _("Windows keeps the name “{name}” for itself.").format(name=name)
    if name.endswith((" ", ".")):
        return _("Windows can't have a name that ends with a space or a full stop.")
    if wrong := [letter for letter in '<>:"|?*' if letter in name]:
        return _("Windows can't have {letters} in a name.").format(letters=list_names(wrong))
    return ""


def is_left_behind(path: Path) -> bool:
    """Say whether a file is one that programs leave in a folder and nobody means to import."""
    name = path.name.casefold()
    return name.startswith(("~$", ".")) or name in {"thumbs.db", "desktop.ini"}


def _synced_by(path: Path) -> str:
    roots = [
        os.environ.get(variable, "")
        for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
    ]
    if any(root and path.is_relative_to(root) for root in roots):
        return "OneDrive"
    for part in path.parts:
        if part.casefold().startswith(_SYNCED):
            return part
    return ""


def _is_on_network(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)
    return _file_system(path, Path("/proc/mounts")) in _NETWORK


def _file_system(path: Path, mounts: Path) -> str:
    """Return the type of the file system that a path lies on, or an empty text."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _device, point, found, *_rest = line.split(" ")
        plain = point.replace("\\040", " ")
        if len(plain) >= len(best) and path.is_relative_to(plain):
            best, kind = plain, found
    return kind


def _work_tree(path: Path) -> Path | None:
    return next((above for above in (path, *path.parents) if (above / ".git").exists()), None)
