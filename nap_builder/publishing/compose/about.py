"""The page about the document itself: its instrument, who issues it, how to cite it, how to check a copy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from nap_builder.kernel.languages import language_name
from nap_builder.plans import names
from nap_builder.publishing.compose.cover import groups, issuer, reference
from nap_builder.publishing.compose.source import Source, activities_of, line, text_cell
from nap_builder.publishing.document import (
    Block,
    Body,
    Column,
    Fact,
    Facts,
    Fingerprint,
    Heading,
    Paragraph,
    Part,
    Row,
    Said,
    Signature,
    Table,
)


def about(source: Source) -> Part:
    """The page that says what this paper is, who answers for it and how to cite it."""
    blocks: list[Block] = []
    for title, paragraphs in (
        (source.voice.gettext("Instrument"), _instrument(source)),
        (source.voice.gettext("Issued by"), _issued_by(source)),
        (source.voice.gettext("How to cite"), _how_to_cite(source)),
    ):
        if paragraphs:
            blocks.append(Heading(Said(title)))
            blocks += [Paragraph(said) for said in paragraphs]
    blocks += [Heading(Said(source.voice.gettext("What the plan covers"))), Facts(tuple(_covers(source)))]
    blocks += _amendments(source)
    blocks += _fingerprint(source)
    if signed := signatures(source, "adoption"):
        blocks += [Heading(Said(source.voice.gettext("Signed for the adoption"))), *signed]
    return Part("about", Said(source.voice.gettext("About this document")), tuple(blocks))


def _instrument(source: Source) -> list[Said]:
    _, adoption = source.voice.gettext, source.plan.get("adoption", {})
    out = []
    if "level" in adoption:
        out.append(source.voice.named(names.ADOPTERS, adoption["level"]))
    if "instrument" in adoption:
        out.append(source.said(adoption["instrument"]).text)
    if "number" in adoption:
        out.append(_("no. %(number)s", number=adoption["number"]))
    if "date" in adoption:
        out.append(source.voice.day(date.fromisoformat(adoption["date"])))
    if "gazette" in adoption:
        out.append(adoption["gazette"])
    sentences = [Said(" · ".join(out))] if out else []
    succeeds = source.plan.get("succeeds", {}).get("title")
    if succeeds:
        sentences.append(Said(_("It follows the earlier plan: %(title)s.", title=source.said(succeeds).text)))
    part_of = source.plan.get("part_of", {}).get("title")
    if part_of:
        sentences.append(Said(_("It is part of: %(title)s.", title=source.said(part_of).text)))
    return sentences


def _issued_by(source: Source) -> list[Said]:
    who = issuer(source)
    return [Said(" · ".join(part for part in (who.text, source.edition.state_name or "") if part))] if who else []


def _how_to_cite(source: Source) -> list[Said]:
    _ = source.voice.gettext
    first = next(iter(source.numbers.values()), "")
    ref = reference(source) or source.said(source.plan["title"]).text
    out = []
    if source.edition.draft:
        out.append(Said(_("This is a draft. Its paragraphs are numbered as they stand today and may change.")))
    elif first:
        out.append(
            Said(
                _(
                    "Paragraphs are numbered once, from the first page to the last, and keep their numbers in"
                    " every language. Cite a paragraph as “%(reference)s, paragraph %(number)s”.",
                    reference=ref,
                    number=first,
                )
            )
        )
    activity = next((row["code"] for pillar in source.pillars for row in activities_of(pillar)), "")
    if activity:
        level = source.level("activity").text
        cited = _("“%(reference)s, %(level)s %(code)s”", reference=ref, level=level, code=activity)
        out.append(Said(_("Each row of the plan is cited by its own number: %(cited)s.", cited=cited)))
    return out


def _covers(source: Source) -> list[Fact]:
    """What the plan covers, fact by fact."""
    _, plan, voice = source.voice.gettext, source.plan, source.voice
    start, end = (voice.day(date.fromisoformat(plan[name])) for name in ("starts", "ends"))
    months = plan.get("reporting_months", 12)
    stated = [
        (_("In force"), voice.span(start, end)),
        (_("Kind of plan"), voice.named(names.PLAN_LEVELS, plan.get("level", "national"))),
        (_("Number of the plan"), voice.number(plan["edition"]) if plan.get("edition", 1) > 1 else ""),
        (_("Area"), source.said(plan["area"]).text if "area" in plan else ""),
        (_("The State"), voice.listed(voice.named(names.CONTEXTS, name) for name in plan.get("context", ()))),
        (_("Reports"), voice.ngettext("Every month", "Every %(num)s months", months)),
        (_("Time"), plan.get("timezone", "")),
        (_("Must be published in"), _languages(source, plan.get("required_languages", ()))),
    ]
    return [Fact(label, (line(words),)) for label, words in stated if words]


def _languages(source: Source, tags: Iterable[str]) -> str:
    return source.voice.listed(language_name(tag, source.edition.lang) for tag in tags)


def fiscal_year(source: Source) -> str:
    """What a year means in the tables of money."""
    day = date.fromisoformat("2000-" + source.plan.get("fiscal_year_starts", "01-01"))
    words = source.voice.day(day).removesuffix("2000").strip()
    return source.voice.gettext("A year such as 2027/28 is the fiscal year that begins on %(day)s.", day=words)


def _amendments(source: Source) -> list[Block]:
    _ = source.voice.gettext
    rows = tuple(
        Row(
            (
                text_cell(source.voice.day(date.fromisoformat(row["on"]))),
                text_cell(source.said(row["instrument"])),
                text_cell(source.maybe(row.get("summary"))),
            )
        )
        for row in source.plan.get("adoption", {}).get("amendments", ())
    )
    if not rows:
        return []
    columns = (Column(_("Date"), 22), Column(_("Instrument"), 33), Column(_("What it changed"), 45))
    return [Table("t-amendments", _("Amendments"), columns, (Body(rows),))]


def _fingerprint(source: Source) -> list[Block]:
    _, digest = source.voice.gettext, source.edition.sha256
    if not digest:
        return []
    words = _(
        "Below is the fingerprint (SHA-256) of the plan as data, as this version was frozen. It is not that of the"
        " document you read, which cannot hold its own."
    )
    told: dict[str, Any] = {}
    if address := source.edition.verify_at:
        told["address"] = address
        told["leads"] = _("Whether a file is as it was issued is said at this address:")
        told["direct"] = f"{address}?fingerprint={digest}"
        told["code"] = _("Square code that leads to %(address)s", address=address)
    if source.edition.trail:
        number, end = source.edition.trail
        told["trail"] = _("When this version was frozen, the audit trail ended with entry %(number)s:", number=number)
        told["trail_lines"] = _two_lines(end)
    return [Fingerprint(_("Check this copy"), words, _two_lines(digest), **told)]


def _two_lines(digest: str) -> tuple[str, str]:
    fours = groups(digest)
    half = len(fours) // 2
    return " ".join(fours[:half]), " ".join(fours[half:])


def signatures(source: Source, of: str) -> list[Block]:
    """Who signs one part of the plan, by post, with the name where the plan gives it."""
    return [
        Signature(
            source.said(row["post"]),
            source.maybe(row.get("name")),
            source.voice.day(date.fromisoformat(row["on"])) if "on" in row else "",
        )
        for row in source.plan.get("signatures", ())
        if row["of"] == of
    ]
