"""XML from outside: no document type, no entities, no network, no endless depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvalanalys.errors import FileError
from kvalanalys.messages import _

if TYPE_CHECKING:
    from lxml import etree


def parse_xml(content: bytes) -> etree._Element:
    """Return the root element.

    Raises
    ------
    FileError
        The XML is broken, or has a document type definition.

    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileError(_("The XML is broken: {reason}.").format(reason=error)) from error
    information: Any = root.getroottree().docinfo
    if information.doctype:
        raise FileError(_("The XML has a document type definition, which is refused."))
    return root
