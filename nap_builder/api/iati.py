"""The results framework of a plan as an activity of the International Aid Transparency Initiative (IATI 2.03).

The framework is that of the published version, the figures are those of the public pages. What IATI has no place for
is left out: figures without a number, parts of figures, baselines without a year.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from babel.core import get_global
from lxml import etree

from nap_builder.api.measures import figure
from nap_builder.api.queries import Document, Stated, measured, stated
from nap_builder.kernel.clock import today
from nap_builder.monitoring.progress.rows import told_of
from nap_builder.monitoring.progress.shapes import Measure
from nap_builder.monitoring.progress.values import value_of
from nap_builder.monitoring.queries.figures import MeasureRecord, Sheet
from nap_builder.plans import reading
from nap_builder.plans.calendar import first_day, last_day
from nap_builder.plans.schema import objects

VERSION = "2.03"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
GOVERNMENT, FUNDS, IMPLEMENTS = "10", "1", "4"  # OrganisationType, OrganisationRole
PIPELINE, IMPLEMENTATION, CLOSED = "1", "2", "4"  # ActivityStatus
PLANNED_START, PLANNED_END = "1", "3"  # ActivityDateType
GENDER_EQUALITY, PRINCIPAL = "1", "2"  # PolicyMarker, PolicySignificance
LEVELS = {"impact": "3", "outcome": "2", "output": "1", "process": "1"}  # ResultType
OTHER = "9"
MEASURES = {"percent": "2", "yes_no": "3", "scale": "4", "qualitative": "5"}  # IndicatorMeasure
UNIT, QUALITATIVE = "1", "5"
Words = Mapping[str, str]


def activity_file(org: str, document: Document, sheet: Sheet | None) -> bytes:
    """The file. `org` is the State's identifier as an IATI organisation; `document` a version in nap-plan/1, public."""
    return etree.tostring(_Writer(dict(document), sheet).file(org), xml_declaration=True, encoding="utf-8")


def _number(row: Document, said: Mapping[str, Any]) -> str | None:
    """The number of a baseline or target, a share computed as it is for what was reported."""
    return figure(value_of(Measure(row["kind"]), told_of(said, date.max)))


class _Writer:
    """Writes one plan, its elements in the order that the schema wants."""

    def __init__(self, document: dict[str, Any], sheet: Sheet | None) -> None:
        self.document, self.sheet, self.plan = document, sheet, document["plan"]
        self.starts, self.ends = first_day(self.plan["starts"]), last_day(self.plan["ends"])
        self.rows = {
            f"{node.shape.name}:{node.value['code']}": node.value
            for node in objects(document)
            if "code" in node.value and "title" in node.value
        }

    def file(self, org: str) -> "etree._Element":
        root = etree.Element("iati-activities", version=VERSION)
        activity = etree.SubElement(root, "iati-activity", attrib={LANGUAGE: reading.first_language(self.document)})
        etree.SubElement(activity, "iati-identifier").text = f"{org}-{self.plan['slug']}"
        title, names = self.said(self.plan["title"]), reading.institution_names(self.document)
        chair = self.document.get("task_force", {}).get("chair")
        self.narrated(activity, "reporting-org", names.get(chair, title), ref=org, type=GOVERNMENT)
        self.narrated(activity, "title", title)
        self.narrated(activity, "description", self.said(self.plan.get("vision")) or title, type="1")
        for one in self.document["institutions"]:
            role = FUNDS if one.get("kind") == "donor" else IMPLEMENTS
            self.narrated(activity, "participating-org", names[one["code"]], role=role)
        self._when_and_where(activity)
        for (under, level), some in self._groups().items():
            self._result(activity, self.rows.get(under, self.plan), level, some)
        return root

    def _when_and_where(self, activity: "etree._Element") -> None:
        now = today(self.sheet.plan.timezone) if self.sheet else today()
        status = PIPELINE if now < self.starts else CLOSED if now > self.ends else IMPLEMENTATION
        etree.SubElement(activity, "activity-status", code=status)
        for kind, day in ((PLANNED_START, self.starts), (PLANNED_END, self.ends)):
            etree.SubElement(activity, "activity-date", attrib={"type": kind, "iso-date": day.isoformat()})
        if two_letters := get_global("territory_aliases").get(self.plan["country"]):
            etree.SubElement(activity, "recipient-country", code=two_letters[0])
        marker = {"vocabulary": "1", "code": GENDER_EQUALITY, "significance": PRINCIPAL}
        etree.SubElement(activity, "policy-marker", attrib=marker)

    def _groups(self) -> dict[tuple[str, str], list[Stated]]:
        """The indicators by the row that they belong to and the kind of result that they measure."""
        found: dict[tuple[str, str], list[Stated]] = {}
        for one in stated(self.document, "indicator"):
            found.setdefault((one.under, LEVELS.get(one.row.get("level", ""), OTHER)), []).append(one)
        return found

    def _result(self, activity: "etree._Element", row: Document, level: str, some: list[Stated]) -> None:
        result = etree.SubElement(activity, "result", type=level)
        self.narrated(result, "title", self.said(row["title"]))
        for one in some:
            self._indicator(result, one.row, measured(self.sheet, one))

    def _indicator(self, result: "etree._Element", row: Document, told: MeasureRecord | None) -> None:
        measure = MEASURES.get(row["kind"], UNIT)
        rises = "0" if row.get("direction") == "decrease" else "1"
        indicator = etree.SubElement(result, "indicator", measure=measure, ascending=rises)
        self.narrated(indicator, "title", self.said(row["title"]))
        if definition := self.said(row.get("definition")):
            self.narrated(indicator, "description", definition)
        if measure == QUALITATIVE:
            return
        baseline = row.get("baseline", {})
        if "year" in baseline and (start := _number(row, baseline)) is not None:
            etree.SubElement(indicator, "baseline", year=str(baseline["year"]), value=start)
        for starts, ends, name, value in self._periods(row, told):
            period = etree.SubElement(indicator, "period")
            etree.SubElement(period, "period-start", attrib={"iso-date": starts.isoformat()})
            etree.SubElement(period, "period-end", attrib={"iso-date": ends.isoformat()})
            etree.SubElement(period, name, value=value)

    def _periods(self, row: Document, told: MeasureRecord | None) -> Iterator[tuple[date, date, str, str]]:
        """Each target, for the time from the start of the plan until its day, and each figure for its own period."""
        for target in row.get("targets", ()):
            by, aim = target.get("by") or target.get("year"), _number(row, target)
            if by and aim is not None:
                ends = last_day(str(by))
                yield min(self.starts, ends), ends, "target", aim
        for run in told.runs if told and len(told.runs) == 1 else ():
            for point in run.points:
                if (value := figure(point.value)) is not None:
                    starts = point.told.starts or min(self.starts, point.told.ends)
                    yield starts, point.told.ends, "actual", value

    def said(self, text: Any) -> dict[str, str]:
        return reading.said(self.document, text)

    def narrated(self, above: "etree._Element", name: str, words: Words, **given: str) -> None:
        below = etree.SubElement(above, name, attrib=given)
        for language, text in words.items():
            etree.SubElement(below, "narrative", attrib={LANGUAGE: language}).text = text
