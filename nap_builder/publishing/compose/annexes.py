"""The annexes: who made and who follows the plan, the policies reviewed, regions, abbreviations."""

from collections.abc import Iterator
from datetime import date

from nap_builder.plans import names
from nap_builder.plans.marks import ALIKE, REGION, WRITTEN
from nap_builder.publishing.compose.source import Item, Source, activities_of, code_cell, line, text_cell
from nap_builder.publishing.document import (
    Block,
    Body,
    Column,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Said,
    Table,
)
from nap_builder.taskforce.names import KINDS, SECTORS

NUMBER_SHARE = 17.07


def institutions(source: Source) -> Part | None:
    """The task force and every institution of the plan; None where the file lists none."""
    _ = source.voice.gettext
    blocks = [*_task_force(source), *_monitoring(source)]
    force = source.file.get("task_force", {})
    seated = {*force.get("members", ()), *force.get("observers", ()), force.get("chair", "")}
    others = [code for code in source.institutions if code not in seated]
    if others:
        title = _("Other institutions of the plan") if force else _("Institutions of the plan")
        blocks.append(_institution_table(source, "t-others", title, others))
    blocks += _accountability(source, {*force.get("members", ()), force.get("chair", "")})
    if not blocks:
        return None
    title = _("Task force and institutions") if force else _("Institutions")
    return Part("institutions", Said(title), tuple(blocks))


def _task_force(source: Source) -> Iterator[Block]:
    _, voice, force = source.voice.gettext, source.voice, source.file.get("task_force")
    if not force:
        return
    if "mandate" in force:
        yield Paragraph(source.said(force["mandate"]))
    facts = [Fact(_("Chair"), (line(source.name(force["chair"]), tone="strong"),))]
    if "chair_reason" in force:
        facts.append(Fact(_("Why this chair"), (line(source.said(force["chair_reason"])),)))
    if "meets_every_months" in force:
        meets = voice.ngettext("Every month", "Every %(num)s months", force["meets_every_months"])
        facts.append(Fact(_("Meets"), (line(meets),)))
    if "civil_society_role" in source.plan:
        role = voice.named(names.CIVIL_SOCIETY_ROLES, source.plan["civil_society_role"])
        facts.append(Fact(_("Civil society"), (line(role),)))
    yield Facts(tuple(facts))
    members = list(dict.fromkeys([force["chair"], *force["members"]]))
    yield _institution_table(source, "t-members", _("Members of the task force"), members)
    if force.get("observers"):
        yield _institution_table(source, "t-observers", _("Observers"), force["observers"])


def _institution_table(source: Source, at: str, title: str, codes: list[str]) -> Table:
    _ = source.voice.gettext
    columns = (Column(_("Institution"), 40), Column(_("Kind and sector"), 25), Column(_("Focal point"), 35))
    return Table(at, title, columns, (Body(tuple(_institution_row(source, code) for code in codes)),), 1)


def _institution_row(source: Source, code: str) -> Row:
    _, voice, row = source.voice.gettext, source.voice, source.institutions.get(code, {})
    own = [source.name(code)] + ([source.said(row["short"])] if "short" in row else [])
    chair = source.file.get("task_force", {}).get("chair") == code
    cells = (
        text_cell(
            own[0],
            line(Said(source.voice.listed([said.text for said in own[1:]] + [code])), tone="quiet"),
            line(_("Chair"), tone="strong") if chair else None,
            line(source.name(row["part_of"]), label=_("Part of"), tone="quiet") if "part_of" in row else None,
        ),
        text_cell(
            voice.named(KINDS, row["kind"]) if row else "–",
            line(voice.named(SECTORS, row["sector"]), tone="quiet") if row.get("sector", "other") != "other" else None,
        ),
        text_cell(source.maybe(row.get("focal_post")) or "–"),
    )
    return Row(cells)


def _accountability(source: Source, members: set[str]) -> Iterator[Block]:
    """Which posts answer in each institution; of members also where none is named. Nothing where nobody named any."""
    _ = source.voice.gettext
    named = [code for code, row in source.institutions.items() if row.get("accountable")]
    if not named:
        return
    codes = [code for code in source.institutions if code in {*named, *members}]
    posts = (Column(_("Head"), 23), Column(_("Manager"), 23), Column(_("Staff"), 23))
    rows = tuple(_accountable(source, code) for code in codes)
    yield Table("t-accountable", _("Who answers, by post"), (Column(_("Institution"), 31), *posts), (Body(rows),), 1)


def _accountable(source: Source, code: str) -> Row:
    posts = source.institutions[code].get("accountable", {})
    said = (source.maybe(posts.get(name)) or "–" for name in ("head", "manager", "staff"))
    return Row((text_cell(source.name(code), line(code, tone="quiet")), *(text_cell(post) for post in said)))


def _monitoring(source: Source) -> Iterator[Block]:
    _, voice, row = source.voice.gettext, source.voice, source.plan.get("monitoring")
    if not row:
        return
    facts = [Fact(_("Answers for it"), (line(source.name(row["owner"]), tone="strong"),))]
    if row.get("members"):
        facts.append(Fact(_("Takes part"), tuple(line(name) for name in source.names(row["members"]))))
    if "meets_every_months" in row:
        meets = voice.ngettext("Every month", "Every %(num)s months", row["meets_every_months"])
        facts.append(Fact(_("Meets"), (line(meets),)))
    if "built_on" in row:
        facts.append(Fact(_("Built on"), (line(source.said(row["built_on"])),)))
    yield Heading(Said(_("Monitoring")))
    yield Facts(tuple(facts))


def reviews(source: Source) -> Part | None:
    """The policies that were held against the norms, and what was decided about each."""
    _ = source.voice.gettext
    listed = source.file.get("policy_reviews", ())
    if not listed:
        return None
    columns = (
        Column(_("Policy"), 24),
        Column(_("Held against"), 18),
        Column(_("What was found"), 34),
        Column(_("What was decided"), 24),
    )
    rows = tuple(_review(source, row) for row in listed)
    table = Table("t-reviews", "", columns, (Body(rows),))
    return Part("reviews", Said(_("Policies reviewed")), (table,))


def _review(source: Source, row: Item) -> Row:
    _, voice = source.voice.gettext, source.voice
    level = source.level("objective")
    decided = voice.named(names.DECISIONS, row["decision"]) if "decision" in row else _("Not decided yet")
    days = [
        line(voice.day(date.fromisoformat(row[name])), label=label, tone="quiet")
        for name, label in (("decided_on", _("Decided")), ("done_on", _("Done")))
        if name in row
    ]
    title = line(source.said(row["title"]), tone="strong") if "title" in row else None
    found = [
        line(source.said(row[name]), label=label)
        for name, label in (("finding", ""), ("gap", _("Gap")), ("entry_point", _("Way in")))
        if name in row
    ]
    aims = source.voice.listed(row.get("objectives", ()))
    return Row(
        (
            text_cell(title, source.said(row["policy"]), line(source.name(row["institution"]), tone="quiet")),
            text_cell(source.maybe(row.get("commitment")) or "–"),
            text_cell(*found),
            text_cell(decided, *days, line(aims, label=level.text, tone="quiet") if aims else None),
        )
    )


def regions(source: Source) -> Part | None:
    """The regions that activities name by their code."""
    listed = source.plan.get("regions", ())
    if not listed:
        return None
    _ = source.voice.gettext
    columns = (Column(_("Code"), NUMBER_SHARE, "code"), Column(_("Region"), 100 - NUMBER_SHARE))
    rows = tuple(Row((code_cell(row["code"]), text_cell(source.said(row["name"])))) for row in listed)
    return Part("regions", Said(_("Regions")), (Table("t-regions", "", columns, (Body(rows),)),))


def abbreviations(source: Source) -> Part | None:
    """The short forms of the plan, in the order of the language."""
    listed = source.plan.get("abbreviations", ())
    if not listed:
        return None
    _ = source.voice.gettext
    pairs = sorted(
        (source.said(row["short"]).text, source.said(row["short"]), source.said(row["long"])) for row in listed
    )
    columns = (Column(_("Short form"), NUMBER_SHARE), Column(_("Meaning"), 100 - NUMBER_SHARE))
    rows = tuple(Row((text_cell(short), text_cell(long))) for _text, short, long in pairs)
    return Part("abbreviations", Said(_("Abbreviations")), (Table("t-abbreviations", "", columns, (Body(rows),)),))


def exceptions(source: Source) -> Part | None:
    """The standards that do not apply to this plan, each with the reason given."""
    listed = [(_standard(source, row["check"]), row) for row in source.plan.get("not_applicable", ())]
    if not any(name for name, _row in listed):
        return None
    _ = source.voice.gettext
    columns = (Column(_("Standard"), NUMBER_SHARE, "code"), Column(_("Why it does not apply"), 100 - NUMBER_SHARE))
    rows = tuple(Row((code_cell(name), text_cell(source.said(row["reason"])))) for name, row in listed if name)
    return Part(
        "exceptions", Said(_("Standards that do not apply")), (Table("t-exceptions", "", columns, (Body(rows),)),)
    )


def _standard(source: Source, check: str) -> str:
    """A check by its key, with the numbers of the rows where only these are meant; nothing where one is not shown."""
    key, *parts = check.split(":")
    codes = {row.get("key"): row["code"] for pillar in source.pillars for row in activities_of(pillar)}
    if key == ALIKE:
        named = [codes.get(part, "") for part in parts]
        return f"{key} {', '.join(named)}".strip() if all(named) else ""
    if key == WRITTEN and parts:
        number = source.numbers.get(parts[0], "")
        return f"{key} ¶{number}" if number else ""
    return f"{key} {parts[0]}" if key == REGION and parts else key
