"""The cover and the running heads."""

from collections.abc import Iterator
from datetime import date, datetime

from nap_builder.kernel.languages import language_name
from nap_builder.plans import names
from nap_builder.publishing.compose.source import Source
from nap_builder.publishing.document import Cover, Fact, Line, Said
from nap_builder.publishing.edition import COMPARED, EDITIONS, EXTRACT, FULL

SHORT_HASH = 12
HEAD_LETTERS = 76


def period(source: Source) -> str:
    """The years of the plan, or the year where there is but one."""
    start, end = source.plan["starts"][:4], source.plan["ends"][:4]
    return source.voice.span(start, end)


def issuer(source: Source) -> Said | None:
    """Who issues the plan: as the edition says, else the plan's own issuing body."""
    if source.edition.issuing_body:
        return Said(source.edition.issuing_body)
    code = source.plan.get("issuing_body")
    return source.name(code) if code else None


def reference(source: Source) -> str:
    """The number of the paper, where it has one."""
    return source.edition.reference or source.plan.get("reference", "")


def version(source: Source) -> str:
    """Which version this is; empty for a working plan."""
    row = source.file.get("version")
    return source.voice.gettext("Version %(number)s", number=row["number"]) if row else ""


def short_hash(source: Source) -> str:
    """The first letters of the fingerprint, in groups of four."""
    return " ".join(groups((source.edition.sha256 or "")[:SHORT_HASH]))


def dated(source: Source) -> date:
    """The day on the cover."""
    given = source.edition.dated
    return given.date() if isinstance(given, datetime) else given


def draft_mark(source: Source) -> str:
    """The word across a draft; empty for a frozen version."""
    return source.voice.gettext("DRAFT") if source.edition.draft else ""


def cover(source: Source) -> Cover:
    """The cover: whose plan, which plan, for when, and exactly which text."""
    plan, _ = source.plan, source.voice.gettext
    standing, note = _standing(source)
    return Cover(
        state=source.edition.state_name or "",
        issuer=issuer(source),
        title=source.said(plan["title"]),
        subtitle=source.maybe(plan.get("subtitle")),
        period=period(source),
        standing=standing,
        standing_note=note,
        facts=tuple(_cover_facts(source)),
        edition=tuple(edition_named(source)),
    )


def _standing(source: Source) -> tuple[str, str]:
    _, voice = source.voice.gettext, source.voice
    if source.edition.draft:
        return _("Draft"), _("A working text that may still change. Do not cite it.")
    adoption = source.plan.get("adoption", {})
    if "date" in adoption:
        how = voice.named(names.ADOPTERS, adoption["level"]) if "level" in adoption else _("Adopted")
        return how, voice.day(date.fromisoformat(adoption["date"]))
    note = source.file.get("version", {}).get("note")
    return version(source), source.said(note).text if note else ""


def _cover_facts(source: Source) -> list[Fact]:
    _ = source.voice.gettext
    lang = source.edition.lang
    others = tuple(Said(language_name(tag), tag) for tag in source.plan["languages"] if tag != lang)
    own = source.file.get("version", {}).get("number")
    facts = [
        (_("Reference"), (Said(reference(source)),)),
        (_("Version"), (Said(str(own) if own else _("Working text")),)),
        (_("Date of this version"), (Said(source.voice.day(dated(source))),)),
        (_("Language"), (Said(language_name(lang)),)),
        (_("Also in"), others),
        (_("Fingerprint"), (Said(short_hash(source)),)),
        (_("Who may read it"), (Said(_("Restricted, not for publication")),) if source.restricted else ()),
    ]
    return [Fact(label, (Line(said),)) for label, said in facts if said and said[0].text]


def edition_named(source: Source) -> Iterator[Said]:
    """Which edition this is, of an extract also whose, of what is compared since which version; nothing of the full."""
    edition, _ = source.edition, source.voice.gettext
    if edition.kind == FULL:
        return
    yield Said(source.voice.named(EDITIONS, edition.kind))
    if edition.kind == EXTRACT and edition.institution:
        yield source.name(edition.institution)
    if edition.kind in COMPARED and edition.before is not None:
        yield Said(_("Since version %(number)s", number=edition.before["version"]["number"]))


def running_title(source: Source) -> str:
    """The head of each page: the title with its years, or as much of the title as one line holds."""
    title = source.said(source.plan["title"]).text
    whole = f"{title} · {period(source)}"
    return whole if len(whole) <= HEAD_LETTERS else shortened(title, HEAD_LETTERS)


def shortened(text: str, letters: int) -> str:
    """A text cut at a word, with an ellipsis, where it is longer than so many letters."""
    return text if len(text) <= letters else text[: letters - 1].rsplit(" ", 1)[0] + "…"


def running_foot(source: Source) -> str:
    """The foot of each page: reference, version, fingerprint, and that it is a draft or restricted."""
    _ = source.voice.gettext
    marks = [
        draft_mark(source),
        source.voice.named(EDITIONS, source.edition.kind) if source.edition.kind != FULL else "",
        _("RESTRICTED") if source.restricted else "",
        reference(source),
        version(source),
        short_hash(source),
    ]
    return " · ".join(mark for mark in marks if mark)


def groups(letters: str) -> list[str]:
    """Letters in groups of four, so that they can be read aloud."""
    return [letters[at : at + 4] for at in range(0, len(letters), 4)]
