"""Where the money goes and where it comes from: by theme, source, kind and marker, and that for women’s groups."""

from collections.abc import Callable, Iterable, Mapping

from nap_builder.kernel.languages import Marked
from nap_builder.plans import names
from nap_builder.plans.money import Share, Spending, in_order, shares, source_of
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import Source, number_cell, text_cell
from nap_builder.publishing.document import Body, Column, Row, Said, Table

FIRST = 40


def share_table(source: Source, ledger: Ledger) -> Table:
    """Every sum by theme, source, kind of money and gender marker, each in its states of funding."""
    _ = source.voice.gettext
    width = (100 - FIRST) / (len(ledger.states()) + 1)
    columns = [Column(_("Part of the money"), FIRST)]
    columns += [Column(source.voice.named(names.FUNDINGS, state), width, "number") for state in ledger.states()]
    columns.append(Column(_("Total"), width, "number"))
    listed = (
        (_("Theme"), names.THEMES, _("No theme said"), lambda line: line.theme),
        (_("Kind of money"), names.MONEY_KINDS, _("Kind not said"), lambda line: line.kind),
        (_("Gender marker"), names.GENDER_MARKERS, _("Not marked"), lambda line: line.marked),
    )
    theme, *others = [_listed(source, ledger, *each) for each in listed]
    bodies = (theme, _sources(source, ledger), *others, _for_women(source, ledger))
    return Table("t-shares", _("What the money is for"), tuple(columns), bodies, 1, ledger.unit_in_words())


def _listed(
    source: Source,
    ledger: Ledger,
    head: str,
    known: Mapping[str, Marked],
    nothing: str,
    by: Callable[[Spending], str],
) -> Body:
    found = in_order(shares(ledger.lines, by), known)
    rows = ((source.voice.named(known, share.key) if share.key else nothing, share) for share in found)
    return _body(ledger, head, rows)


def _sources(source: Source, ledger: Ledger) -> Body:
    def named(share: Share) -> str:
        line = share.lines[0].line
        if not share.key:
            return source.voice.gettext("Source not said")
        return (source.name(line["funder"]) if "funder" in line else source.said(line["source"])).text

    found = [(named(share), share) for share in shares(ledger.lines, lambda line: source_of(line, source.first))]
    ordered = sorted(found, key=lambda row: (not row[1].key, row[0]))
    return _body(ledger, source.voice.gettext("Source"), ordered)


def _for_women(source: Source, ledger: Ledger) -> Body:
    """A line of its own for what supports women's organisations, also where that is nothing."""
    _ = source.voice.gettext
    own = Share("", [line for line in ledger.lines if line.for_womens_organisations])
    return _body(ledger, _("Support to women’s organisations"), [(_("For women’s organisations"), own)])


def _body(ledger: Ledger, head: str, rows: Iterable[tuple[str, Share]]) -> Body:
    return Body(tuple(_row(ledger, label, share) for label, share in rows), (Said(head),))


def _row(ledger: Ledger, label: str, share: Share) -> Row:
    sums = [*(share.of(state) for state in ledger.states()), share.total]
    return Row((text_cell(label), *(number_cell(ledger.say(amount)) for amount in sums)))
