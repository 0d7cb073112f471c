"""The body text of a Word file: its paragraphs in document order, tables included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.errors import FileError
from kvalanalys.files.archive import open_archive, read_part
from kvalanalys.files.xml import parse_xml
from kvalanalys.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _TAB = f"{_W}p", f"{_W}t", f"{_W}tab"
_BREAKS = {f"{_W}br", f"{_W}cr"}
# Text boxes and moved-away text are outside the body; mc:Fallback repeats what stands beside it.
_SKIPPED = {
    f"{_W}moveFrom",
    f"{_W}txbxContent",
    f"{_W}pPr",
    f"{_W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_KINDS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Word 97–2003 (.doc)"),
)


def read_paragraphs(content: bytes) -> list[str]:
    """Return the paragraphs of a docx file's body, text as shown: insertions in, deletions out.

    Raises
    ------
    FileError
        The bytes are no Word file (it is said what they look like), or the file is damaged.

    """
    if not content.startswith(b"PK"):
        raise FileError(
            _("This is not a Word file (docx): it looks like {kind}.").format(kind=_kind(content)),
            hint=_("Open it in the right program and save it as Word (.docx) or as text (.txt)."),
        )
    try:
        body = parse_xml(read_part(open_archive(content), "word/document.xml"))
    except FileError as error:
        hint = _("Open the file in Word and save it again as .docx.")
        raise FileError(error.what, hint=hint) from error
    return [
        "".join(_pieces(paragraph))
        for paragraph in body.iter(_PARAGRAPH)
        if not _is_outside(paragraph)
    ]


def _kind(content: bytes) -> str:
    for head, kind in _KINDS:
        if content.startswith(head):
            return kind
    return _("something else")


def _is_outside(paragraph: etree._Element) -> bool:
    return any(above.tag in _SKIPPED for above in paragraph.iterancestors())


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == _TEXT:
            yield child.text or ""
        elif tag in _BREAKS:
            yield "\n"
        elif tag == _TAB:
            yield "\t"
        elif tag not in _SKIPPED and tag != _PARAGRAPH:
            yield from _pieces(child)
