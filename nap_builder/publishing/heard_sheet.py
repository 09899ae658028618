"""The paper "What we heard, what we did" as a sheet: what everybody may read now, for a page that prints and a PDF."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from nap_builder.kernel import storage
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.languages import direction
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import public_profile, with_numbers
from nap_builder.publishing.compose.cover import period
from nap_builder.publishing.compose.heard import blocks
from nap_builder.publishing.compose.source import Source, filled
from nap_builder.publishing.document import Block, Table
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.heard import heard_now
from nap_builder.publishing.ledger import HEARD, remember_paper
from nap_builder.publishing.renderers.pdf import RenderFailed
from nap_builder.publishing.renderers.sheet_pdf import render_sheet_pdf
from nap_builder.publishing.services import state_said
from nap_builder.publishing.wearing import worn_on

Sheet = dict[str, Any]
LAYOUT = "publishing/heard_sheet.html"


def heard_sheet(plan: Plan, language: str) -> Sheet | None:
    """The paper in one language of the plan, as JSON that `render_sheet` lays out; None where nothing was heard."""
    document = public_profile(with_numbers(canonical_document(plan_document(plan))))
    found = heard_now(plan, document)
    if found is None:
        return None
    state = state_said(plan, language)
    source = Source(document, Edition(language, draft=False, dated=plan.changed_at, state_name=state, heard=found))
    _, title = source.voice.gettext, source.said(source.plan["title"])
    named = _("What we heard, what we did")
    return {
        "kind": "heard",
        "layout": LAYOUT,
        "lang": language,
        "direction": direction(language),
        "title": named,
        "named": f"{named}: {title.text}",
        "draft_mark": "",
        "moment": plan.changed_at.replace(microsecond=0).isoformat(),
        "texts": {},
        "said": {
            "state": state or "",
            "plan": {"text": title.text, "lang": title.lang or language},
            "period": period(source),
            "year": "",
            "blocks": [_as_data(block) for block in blocks(source, found)],
        },
    }


def pdf_name(plan: Plan, sheet: Sheet) -> str:
    """Where the PDF of the paper as it stands is kept: the name holds the digest of what is printed."""
    printed = hashlib.sha256(json.dumps(sheet, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"heard/{plan.key}/{printed[:16]}-{sheet['lang']}.pdf"


def keep_heard_pdf(plan: Plan, language: str) -> None:
    """Makes the PDF of the paper as it stands, unless it is kept already. Raises DomainError."""
    sheet = heard_sheet(plan, language)
    if sheet is None or storage.exists(name := pdf_name(plan, sheet)):
        return
    printed = {**sheet, "worn": worn_on(None)}
    db.session.rollback()
    try:
        content = render_sheet_pdf(printed)
    except RenderFailed as failure:
        raise DomainError(failure.reason) from failure
    storage.put(name, content)
    with transaction():
        remember_paper(content, HEARD, plan, plan.key, language=language)


def _as_data(block: Block) -> dict[str, Any]:
    """A table, or a paragraph, as JSON."""
    said = filled(block) if isinstance(block, Table) else block
    data: dict[str, Any] = json.loads(json.dumps(asdict(said)))
    return data
