"""The parts of a Word file that are read: its text, styles, lists, notes, links and properties. Nothing is fetched."""

import posixpath
from dataclasses import dataclass, field

from nap_builder.exchange.container import Parts, damaged, parts_of, with_macros
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word.markup import Element, tree_of
from nap_builder.kernel.languages import _

_TYPES = "[content_types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_WORD = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_MACROS = ("macroenabled", "vbaproject")
_LONGEST_LINK = 2_000
_LINKS = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Package:
    """What is read of a Word file; a part that it lacks is None. `links` are addresses of the web by their id."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    links: dict[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class _Relation:
    kind: str
    target: str
    external: bool


def opened(data: bytes) -> Package:
    """The parts of a Word file. Raises Unreadable for everything else."""
    parts = parts_of(data)
    _refuse_others(parts)
    top = _relations(parts, "")
    main = next((one.target for one in top.values() if one.kind == "officedocument"), None)
    if main is None or (content := parts.read(main)) is None:
        raise damaged()
    relations = _relations(parts, main)
    return Package(
        document=tree_of(content),
        **{kind: _tree(parts, relations, kind) for kind in ("styles", "numbering", "footnotes", "endnotes")},
        links={key: one.target for key, one in relations.items() if one.external and _leads_out(one.target)},
        title=_title(_tree(parts, top, "core-properties")),
    )


def _refuse_others(parts: Parts) -> None:
    """Refuses a ZIP that is no Word file, by what it says of its own parts."""
    if "mimetype" in parts.names:
        raise Unreadable(_("This is an OpenDocument file. Save it as a Word document (.docx), and send that."))
    content = parts.read(_TYPES)
    if content is None:
        raise Unreadable(_("This is a ZIP file and no Word document. Take the document out of it, and send that."))
    types = [element.get("ContentType", "").lower() for element in tree_of(content).iter(f"{{{_CONTENT}}}*")]
    if any(mark in one for one in types for mark in _MACROS):
        raise Unreadable(with_macros())
    if not any(one.endswith(_WORD) for one in types):
        raise Unreadable(_("This is no Word document (.docx), whatever its name says."))


def _relations(parts: Parts, name: str) -> dict[str, _Relation]:
    """What a part refers to, by id; the package itself bears no name."""
    folder, _slash, file = name.rpartition("/")
    content = parts.read(posixpath.join(folder, "_rels", f"{file}.rels"))
    if content is None:
        return {}
    found = {}
    for element in tree_of(content).iter(f"{{{_RELATIONS}}}Relationship"):
        external = element.get("TargetMode", "").lower() == "external"
        target = element.get("Target", "")
        kind = element.get("Type", "").rpartition("/")[2].lower()
        found[element.get("Id", "")] = _Relation(kind, target if external else _within(folder, target), external)
    return found


def _within(folder: str, target: str) -> str:
    """The name of a part that another in this folder refers to."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _tree(parts: Parts, relations: dict[str, _Relation], kind: str) -> Element | None:
    target = next((one.target for one in relations.values() if one.kind == kind and not one.external), None)
    content = parts.read(target) if target else None
    return None if content is None else tree_of(content)


def _leads_out(target: str) -> bool:
    return target.lower().startswith(_LINKS) and len(target) <= _LONGEST_LINK


def _title(properties: Element | None) -> str:
    found = None if properties is None else properties.find(_TITLE)
    return " ".join((found.text or "").split()) if found is not None else ""
