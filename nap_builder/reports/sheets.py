"""A report in one language, as its page shows it and its PDF prints it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from nap_builder.kernel import storage
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.languages import _, choose, direction, speaking
from nap_builder.publishing.ledger import REPORT, remember_paper
from nap_builder.publishing.renderers.pdf import RenderFailed
from nap_builder.publishing.renderers.sheet_pdf import render_sheet_pdf
from nap_builder.publishing.wearing import worn_on
from nap_builder.reports.models import PUBLISHED, Report
from nap_builder.reports.names import KINDS, LAYOUTS

Sheet = dict[str, Any]
KEPT = ("moment", "grouped_by", "said", "texts")  # what a published report keeps; the rest a release may say otherwise


def sheet_of(report: Report, language: str) -> Sheet:
    """What a report says in one of its languages, ready to be laid out: JSON, and the same until it changes.

    A text that is not written in the language is given in another one, with its tag.
    """
    said = report.facts["said"][language]
    with speaking(language):
        return {
            "kind": report.kind,
            "layout": LAYOUTS[report.kind],
            "lang": language,
            "direction": direction(language),
            "title": str(KINDS[report.kind]),
            "named": f"{KINDS[report.kind]}: {said['plan']['text']}",
            "draft_mark": "" if report.state == PUBLISHED else _("DRAFT"),
            "moment": report.drawn_at.replace(microsecond=0).isoformat(),
            "grouped_by": report.grouped_by,
            "said": said,
            "texts": _texts(report, language),
        }


def _texts(report: Report, language: str) -> Mapping[str, Mapping[str, str]]:
    found = {}
    for name, text in report.texts.items():
        if text:
            chosen = choose(text, language, report.languages[0])
            found[name] = {"text": text[chosen], "lang": chosen}
    return found


def pdf_name(report: Report, language: str) -> str:
    """Where the PDF of a report as it stands is kept: the name holds the digest of what is printed.

    Of a published one only of what is kept with it, so that other words for its headings do not lose its PDF.
    """
    sheet = sheet_of(report, language)
    if report.state == PUBLISHED:
        sheet = {name: sheet[name] for name in KEPT}
    printed = json.dumps(sheet, sort_keys=True, ensure_ascii=False)
    return f"reports/{report.plan.slug}/{report.key}/{hashlib.sha256(printed.encode()).hexdigest()[:16]}-{language}.pdf"


def make_pdf(report: Report, language: str) -> bytes:
    """The PDF of a report: the one that is kept, or a new one that is kept from now on. Raises DomainError."""
    name = pdf_name(report, language)
    if not storage.exists(name):
        printed = {**sheet_of(report, language), "worn": worn_on(None)}
        db.session.rollback()
        try:
            content = render_sheet_pdf(printed)
        except RenderFailed as failure:
            raise DomainError(failure.reason) from failure
        storage.put(name, content)
        if report.state == PUBLISHED:
            with transaction():
                remember_paper(content, REPORT, report.plan, report.key, language=language)
    return storage.get(name)
