"""What the lists of figures show; it stands in the address."""

from wtforms import Form as PlainForm

from nap_builder.kernel.languages import _l, words_in
from nap_builder.monitoring.progress.names import STATUSES
from nap_builder.monitoring.queries.figures import MeasureRecord, Sheet
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.levels import LEVELS, kind_of, level_name
from nap_builder.plans.queries.measures import row_of

FILTERS = ("status", "level", "institution")


class FigureFilter(PlainForm):
    """Which indicators: how they stand, on which level they hang, who reports them. What none has shows none."""

    status = OneOf(_l("Status"), STATUSES, nothing=_l("Any"))
    level = OneOf(_l("Level"), nothing=_l("All"))
    institution = OneOf(_l("Institution"), nothing=_l("Any"))

    def offer(self, sheet: Sheet) -> None:
        """Takes the choices from what there is."""
        self.level.choices = self.level.beginning([(kind, level_name(sheet.plan, kind)) for kind in LEVELS])
        bodies = {body.code: words_in(body.called) for row in sheet.rows if (body := row.reporter)}
        self.institution.choices = self.institution.beginning(sorted(bodies.items(), key=lambda pair: pair[1]))

    def keeps(self, row: MeasureRecord) -> bool:
        """Whether an indicator is shown."""
        has = {
            "status": row.worst.status.name,
            "level": kind_of(row_of(row.indicator)),
            "institution": row.reporter.code if row.reporter else "",
        }
        return all(not (wanted := self[name].data) or wanted == has[name] for name in FILTERS)
