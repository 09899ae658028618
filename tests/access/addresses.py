"""Every address of the application, filled in from the ground of the crawl, and who may use it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask
from werkzeug.routing import Rule as Address

from nap_builder.api.tables import FORMS as DATA
from nap_builder.api.tables import JSON
from nap_builder.consultations.policy import KEEPERS
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import STAFF, Role
from nap_builder.parliament.names import KINDS
from nap_builder.plans.policy import DRAFTERS, MINISTRIES
from nap_builder.publishing.renderers.written import WRITTEN
from nap_builder.taskforce.colours import sheet
from nap_builder.taskforce.identity import chosen, crest_mark, fingerprint, shades
from tests.access.ground import Ground

Filled = Callable[[Ground], Any]
ALL = frozenset(Role)
LEVELS = ("pillar", "objective", "output", "activity")


@dataclass(frozen=True)
class Place:
    """One way to fill an address in.

    `whose` is the institution whose own the subject is (None: nobody's). `also` is an action that the view asks
    for beyond its own. `readers` are those for whom it is there at all. What is `secret` is there for those who may
    read what is restricted.
    """

    parts: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    whose: str | None = "DEF"
    also: str | None = None
    readers: frozenset[Role] = ALL
    secret: bool = False


@dataclass(frozen=True)
class Door:
    """An address as it is asked for."""

    endpoint: str
    method: str
    path: str
    action: str
    place: Place


# What the usual parts of an address are.
COMMON: dict[str, Filled] = {
    "lang": lambda _g: "en",
    "slug": lambda _g: "nap-2",
    "section": lambda _g: "why",
    "paragraph": lambda g: g.world.paragraphs[0].key,
    "number": lambda _g: 1,
    "paper": lambda _g: "commitment-letter",
    "ends": lambda g: g.period.ends.isoformat(),
}
# Actions whose `o` is for whoever speaks for any institution: what is shown or taken is then cut to it.
FOR_ANY_INSTITUTION = frozenset(
    {
        "plans.rows.write",
        "exchange.file.export",
        "exchange.file.import",
        "publishing.paper.read",
        "oversight.audit.read",
        "accounts.people.read",
        "accounts.person.invite",
        "support.request.write",
    }
)


# Actions whose `s` is for whoever has a number that only the person was shown; the crawl has none.
BY_RECEIPT = frozenset({"consultations.receipt.open"})
# What belongs to one person: for another it is not there.
OF_ONE_PERSON = frozenset(
    {
        *("oversight.job", "exchange.sort_word", "exchange.preview_word", "exchange.confirm_word"),
        *("plans.undo", "plans.bulk_result"),
        *("exchange.sort_new_word", "exchange.preview_new_word", "exchange.confirm_new_word"),
    }
)


def _rows(g: Ground) -> dict[str, tuple[Any, str | None]]:
    """A row of each kind, and who leads it."""
    return {
        "pillar": (g.world.pillar, None),
        "objective": (g.world.objective, "WOMEN"),
        "output": (g.output, "DEF"),
        "activity": (g.world.activities[0], "DEF"),
        "indicator": (g.indicators["activity"], "DEF"),
        "milestone": (g.milestones["activity"], "DEF"),
    }


def _of_kinds(g: Ground, *kinds: str, also: str | None = None) -> list[Place]:
    rows = _rows(g)
    return [Place({"kind": kind, "key": rows[kind][0].key}, whose=rows[kind][1], also=also) for kind in kinds]


def _archived(g: Ground) -> list[Place]:
    hung = _of_kinds(g, "indicator", "milestone", also="plans.row.write")
    return _of_kinds(g, *LEVELS, also="plans.framework.arrange") + hung


def _new_rows(g: Ground) -> list[Place]:
    arrange = "plans.framework.arrange"
    objective, output = f"objective:{g.world.objective.key}", f"output:{g.output.key}"
    return [
        Place({"kind": "pillar"}, also=arrange),
        Place({"kind": "objective"}, {"under": f"pillar:{g.world.pillar.key}"}, also=arrange),
        Place({"kind": "output"}, {"under": objective}, also=arrange),
        Place({"kind": "activity"}, {"under": objective}, whose="WOMEN", also="plans.row.write"),
        Place({"kind": "activity"}, {"under": output}, whose="DEF", also="plans.row.write"),
    ]


def _consultations(g: Ground) -> list[Place]:
    """A consultation that all of the task force know of, and one that its keepers alone do."""
    made = g.consulting
    return [Place({"key": made["held"].key}), Place({"key": made["kept"].key}, readers=KEEPERS)]


def _contributions(g: Ground) -> list[Place]:
    made = g.consulting
    both = made["contribution"], made["kept_contribution"]
    return [Place({"key": both[0].key}), Place({"key": both[1].key}, readers=KEEPERS)]


def _hangs(name: str) -> Callable[[Ground], list[Place]]:
    """What hangs on the consultation that all of the task force know of."""
    return lambda g: [Place({"key": g.consulting["held"].key, name: g.consulting[name].key})]


def _section_and_secret(g: Ground) -> list[Place]:
    secret = {"section": "secret", "paragraph": g.secret_paragraph.key}
    return [Place(), Place(secret, secret=True)]


def _photographs(g: Ground) -> list[Place]:
    secret = {"section": "secret", "photograph": g.photographs["secret"].key}
    return [Place({"photograph": g.photographs["why"].key}), Place(secret, secret=True)]


def _uploads(_g: Ground) -> list[Place]:
    """A file that waits for somebody else: it is there for nobody who knocks."""
    return [Place({"upload": f"20260101000000-{'0' * 32}"}, readers=frozenset())]


def _done(g: Ground) -> list[Place]:
    """What somebody else did: it is there for nobody who knocks."""
    return [Place({"key": g.undo.key}, readers=frozenset())]


def _versions(_g: Ground) -> list[Place]:
    return [Place({"number": 1}), Place({"number": 2}, readers=STAFF)]


def _published_versions(_g: Ground) -> list[Place]:
    """As data there is what is published, and nothing else for anybody."""
    return [Place({"number": 1}), Place({"number": 2}, readers=frozenset())]


def _frozen_activities(_g: Ground) -> list[Place]:
    return [Place({"number": 1, "code": "1.1.1"}), Place({"number": 2, "code": "1.1.1"}, readers=STAFF)]


def _comparisons(_g: Ground) -> list[Place]:
    both = {"before": 1, "number": 2}
    return [Place(both, readers=STAFF), Place(both, {"profile": "working"}, None, None, STAFF, secret=True)]


def _pdfs(_g: Ground) -> list[Place]:
    return [*_versions(_g), Place({"number": 1}, {"profile": "working"}, whose=None, secret=True)]


def _as(place: Place, form: str) -> Place:
    return replace(place, parts={**place.parts, "form": form})


def _draft_files(_g: Ground) -> list[Place]:
    forms = [{"form": form} for form in WRITTEN]
    secret = [Place(form, {"profile": "working"}, whose=None, secret=True) for form in forms]
    return [*map(Place, forms), *secret]


def _papers(_g: Ground) -> list[Place]:
    """A paper for nobody in particular, and the letters of two institutions."""
    letters = [Place(query={"institution": code}, whose=code) for code in ("DEF", "INT")]
    return [Place({"paper": "cabinet-memorandum"}), Place(), *letters]


def _newcomer(g: Ground) -> list[Place]:
    grant = g.newcomer.grants[0].id
    return [Place({"key": g.newcomer.key, "grant_id": grant})]


def _people(g: Ground) -> list[Place]:
    mine = Place({"key": g.newcomer.key}, whose="DEF")
    return [mine, Place({"key": g.officer.key}, whose="INT"), Place({"key": g.world.people["auditor"].key}, whose=None)]


def _links(g: Ground) -> list[Place]:
    """Nobody hands a link to somebody who may do more than they may bring in."""
    mine, theirs, auditor = _people(g)
    return [mine, theirs, replace(auditor, readers=frozenset({Role.CHAIR, Role.ADMINISTRATOR}))]


def _activity(g: Ground) -> list[Place]:
    mine = Place({"key": g.world.activities[0].key})
    secret = Place({"key": g.secret_activity.key}, secret=True)
    return [mine, Place({"key": g.world.activities[1].key}, whose="INT"), secret]


def _lines(g: Ground) -> list[Place]:
    return [Place({"key": g.world.activities[0].key, "line": g.budget.key})]


def _unit_costs(g: Ground) -> list[Place]:
    return [Place({"key": g.unit_costs[0].key}, whose=None)]


def _whole_activity(g: Ground) -> list[Place]:
    return [Place({"key": g.world.activities[0].key}), Place({"key": g.secret_activity.key}, secret=True)]


def _indicators(g: Ground) -> list[Place]:
    led = {"pillar": None, "objective": "WOMEN", "output": "DEF", "activity": "DEF"}
    return [Place({"key": g.indicators[kind].key}, whose=whose) for kind, whose in led.items()]


def _figure_pages(g: Ground) -> list[Place]:
    return [Place({"code": indicator.code}, whose=None) for indicator in g.indicators.values()]


def _figures(g: Ground) -> list[Place]:
    key = g.indicators["activity"].key
    return [
        Place({"key": key, "part": part, "position": n}) for part, n in (("baseline", 0), ("target", 0), ("target", 1))
    ]


def _milestones(g: Ground) -> list[Place]:
    return [Place({"key": g.milestones["activity"].key}), Place({"key": g.milestones["plan"].key}, whose=None)]


def _new_measures(g: Ground) -> list[Place]:
    write = "plans.row.write"
    return [
        Place(also="plans.framework.arrange", whose=None),
        Place(query={"under": f"objective:{g.world.objective.key}"}, whose="WOMEN", also=write),
        Place(query={"under": f"activity:{g.world.activities[0].key}"}, whose="DEF", also=write),
        Place(query={"under": f"activity:{g.secret_activity.key}"}, whose="DEF", also=write, secret=True),
    ]


def _due(g: Ground, also: str | None = None) -> list[Place]:
    """An update of each of two ministries, and one about what is restricted."""
    mine, theirs, secret = ({"kind": "activity", "key": row.key} for row in (*g.world.activities, g.secret_activity))
    return [Place(mine, also=also), Place(theirs, whose="INT", also=also), Place(secret, also=also, secret=True)]


def _reported(g: Ground) -> list[Place]:
    return _due(g, also="monitoring.update.write")


def _evidence(g: Ground, also: str | None = None) -> list[Place]:
    secret = Place({"key": g.evidence["1.1.9"].key}, also=also, secret=True)
    return [Place({"key": g.evidence["1.1.1"].key}, also=also), secret]


def _handed_over(g: Ground) -> list[Place]:
    return [Place({"key": g.hand_over.key})]


def _machinery(g: Ground) -> list[Place]:
    return [Place({"kind": kind, "key": row.key}, whose=None) for kind, row in g.machinery.items()]


def _new_machinery(g: Ground) -> list[Place]:
    return [Place({"kind": kind}, whose=None) for kind in g.machinery]


def _support(g: Ground) -> list[Place]:
    mine = Place({"key": g.support["DEF"].key})
    secret = Place({"key": g.support["secret"].key}, secret=True)
    return [mine, Place({"key": g.support["INT"].key}, whose="INT"), secret]


def _house(g: Ground) -> list[Place]:
    return [Place({"key": g.house["debate"].key}, whose=None), Place({"key": g.house["DEF"].key}, whose=None)]


def _undertakings(g: Ground) -> list[Place]:
    return [Place({"key": g.house[code].key}, whose=code) for code in ("DEF", "INT")]


def _withdrawn_entry(g: Ground) -> list[Place]:
    return [Place({"key": g.house["old"].key}, whose=None)]


def _archived_support(g: Ground) -> list[Place]:
    return [Place({"key": g.support["old"].key})]


def _said(g: Ground) -> list[Place]:
    return [Place({"key": g.spoken[code].key}, whose=code) for code in ("DEF", "INT")]


def _comment(g: Ground) -> list[Place]:
    return [Place({"key": g.spoken["comment"].key}, whose=None)]


def _sealed(g: Ground) -> list[Place]:
    return [Place({"key": g.spoken["sealed"].key}, whose=None)]


def _group_of_said(g: Ground) -> list[Place]:
    return [Place({"key": g.spoken["group"].key, "member": g.spoken["DEF"].key}, whose=None)]


INVITED = STAFF | {Role.STEWARD, Role.CONTRIBUTOR}


def _drafts(g: Ground) -> list[Place]:
    keys = {name: row.key for name, row in g.consultations.items()}
    return [Place({"key": keys["open"]}), Place({"key": keys["invited"]}, readers=INVITED)]


def _pictured(g: Ground) -> list[Place]:
    return [Place({"key": g.spoken["pictured"].key}, whose=None)]


def _comments(g: Ground) -> list[Place]:
    """Who reads and may not comment is refused by the view, in words."""
    return [replace(place, also="consultations.comment.write") for place in _drafts(g)]


def _meeting(g: Ground) -> list[Place]:
    return [Place({"key": g.meeting.key}, whose=None)]


def _item(g: Ground) -> list[Place]:
    return [Place({"key": g.meeting.agenda[0].key}, whose=None)]


def _decisions(g: Ground) -> list[Place]:
    return [Place({"key": row.key}, whose=code) for code, row in g.decisions.items()]


def _period(_g: Ground) -> list[Place]:
    return [Place({"ends": "2028-12-31"}, whose=None)]


def _step(g: Ground) -> list[Place]:
    return [Place({"key": g.step.key, "state": "done"}, whose=None)]


def _updates(g: Ground) -> list[Place]:
    return [Place({"key": g.updates["DEF"].key}), Place({"key": g.updates["secret"].key}, secret=True)]


def _judged_updates(g: Ground) -> list[Place]:
    """One of a ministry that does not chair: no focal point judges it."""
    return [Place({"key": g.updates["DEF"].key}, whose=None)]


def _objective(g: Ground) -> list[Place]:
    """What the organisation of the contributor assesses."""
    return [Place({"key": g.world.objective.key}, whose="CSO")]


MEETINGS: dict[str, Callable[[Ground], list[Place]]] = {
    **{
        f"meetings.{name}": _meeting
        for name in (
            *("meeting", "invitation", "edit_meeting", "save_meeting", "confirm_cancel", "cancel", "reinstate"),
            *("new_item", "add_item", "attendance", "save_attendance", "minutes", "save_minutes"),
            *("approve", "save_approval", "new_decision", "add_decision"),
        )
    },
    **{f"meetings.{name}": _item for name in ("edit_item", "save_item", "step_item", "remove_item")},
    **{f"meetings.{act}_decision": _decisions for act in ("edit", "save", "remove", "finish", "reopen")},
    **{f"meetings.{name}": _step for name in ("move", "save_move", "name_step", "save_step", "mark_step")},
}
PERIODS: dict[str, Callable[[Ground], list[Place]]] = {
    **{
        f"monitoring.{name}": _period
        for name in (
            *("cycle", "edit_period", "save_period", "remove_period", "confirm_publication", "publish"),
            *("confirm_withdrawal", "withdraw"),
        )
    },
    **{
        f"monitoring.{name}": lambda _g: [Place({"ends": "2028-12-31", "step": "close"}, whose=None)]
        for name in ("confirm_step", "take_step")
    },
    **{
        f"monitoring.{name}": lambda _g: [Place({"ends": "2028-12-31", "code": "DEF"}, whose=None)]
        for name in ("remind", "reminded")
    },
}
SPOKEN: dict[str, Callable[[Ground], list[Place]]] = {
    "consultations.comment_picture": _pictured,
    **dict.fromkeys([f"consultations.{act}" for act in ("comment", "accept_comment", "refuse_comment")], _comment),
    **{f"consultations.{act}": _sealed for act in ("sealed_one", "release_sealed", "settle_sealed")},
    **{
        f"consultations.{act}": _said
        for act in (
            *(
                "ask_ministry",
                "save_asked_ministry",
                "answer",
                "save_answer",
                "publish_answer",
                "save_published",
            ),
            *("hide", "save_hidden", "show_again", "wording", "take_wording"),
        )
    },
    **{
        f"consultations.{act}": _group_of_said
        for act in ("group", "save_group", "add_to_group", "take_out_of_group", "dissolve_group")
    },
}
PLACES: dict[str, Callable[[Ground], list[Place]]] = {
    **{f"monitoring.{name}": _objective for name in ("assessment", "save_assessment", "withdraw_assessment")},
    **SPOKEN,
    **MEETINGS,
    **PERIODS,
    **dict.fromkeys(
        ["consultations.responses", "consultations.responses_file"],
        lambda g: [Place({"key": g.consultation.key}, whose=None), Place({"key": g.kept.key}, readers=frozenset())],
    ),
    **dict.fromkeys(
        ["consultations.edit_stage", "consultations.save_stage"], lambda _g: [Place({"stage": "draft"}, whose=None)]
    ),
    "static": lambda _g: [Place({"filename": "css/none.css"})],
    "accounts.link": lambda g: [Place({"token": g.token}), Place({"token": "wrong"})],
    "accounts.use_link": lambda g: [Place({"token": g.token}), Place({"token": "wrong"})],
    "accounts.person": _people,
    "accounts.make_link": _links,
    "accounts.grant": _newcomer,
    "accounts.withdraw": _newcomer,
    "accounts.disable": _newcomer,
    "accounts.enable": _newcomer,
    "accounts.reset_factor": _newcomer,
    "home.calendar_days": lambda _g: [Place({"token": "wrong"})],
    "home.task": lambda _g: [Place({"task": "matrix"}), Place({"task": "section-why"})],
    "home.save_task": lambda _g: [Place({"task": "matrix"}), Place({"task": "section-why"})],
    "accounts.hand_over": _newcomer,
    "accounts.save_hand_over": _newcomer,
    "accounts.handed_over": _handed_over,
    "accounts.hand_back": _handed_over,
    "plans.add_machinery": _new_machinery,
    "plans.save_new_machinery": _new_machinery,
    "plans.edit_machinery": _machinery,
    "plans.save_machinery": _machinery,
    "plans.remove_machinery": _machinery,
    **dict.fromkeys([f"parliament.{act}" for act in ("entry", "edit", "correct", "withdraw")], _house),
    **dict.fromkeys([f"parliament.{act}" for act in ("keep", "reopen")], _undertakings),
    "parliament.restore": _withdrawn_entry,
    **dict.fromkeys(
        ["parliament.pack", "parliament.make_pack"], lambda g: [Place({"key": g.house["tabled"].key}, whose=None)]
    ),
    **dict.fromkeys(
        ["parliament.tabled", "parliament.tabled_pdf"], lambda g: [Place({"key": g.house["tabled"].key}, whose=None)]
    ),
    **dict.fromkeys(
        ["parliament.add", "parliament.save_new"], lambda _g: [Place({"kind": kind}, whose=None) for kind in KINDS]
    ),
    "support.request_page": _support,
    "support.brief_of_one": lambda g: _support(g)[:2],
    "support.save_step": _support,
    "support.edit": _support,
    "support.save": _support,
    "support.archive": _support,
    "support.restore": _archived_support,
    **dict.fromkeys([f"monitoring.{act}" for act in ("update", "save_update", "unchanged")], _reported),
    **dict.fromkeys([f"monitoring.{act}" for act in ("enter", "save_entered", "confirm")], _due),
    "monitoring.paper_form": lambda _g: [Place({"code": "DEF"}, readers=DRAFTERS | MINISTRIES)],
    "monitoring.evidence": _evidence,
    "monitoring.remove_evidence": lambda g: _evidence(g, also="monitoring.update.write"),
    "taskforce.institution": lambda _g: [Place({"code": "DEF"})],
    "taskforce.save_institution": lambda _g: [Place({"code": "DEF"})],
    "readiness.check": lambda _g: [Place({"check": key}) for key in ("A1", "B5", "C8", "D5")],
    "readiness.except_check": lambda _g: [Place({"check": "C8"})],
    "readiness.count_check": lambda _g: [Place({"check": "C8"})],
    "readiness.gate": lambda _g: [Place({"gate": "cabinet"})],
    "readiness.pass_gate": lambda _g: [Place({"gate": "cabinet"})],
    "readiness.threshold": lambda _g: [Place({"check": "D1"})],
    "readiness.save_threshold": lambda _g: [Place({"check": "D1"})],
    "oversight.download_backup": lambda g: [Place({"key": g.backup.key})],
    "identity.theme": lambda g: [Place({"mark": fingerprint(sheet(shades(chosen(g.state))))}, whose=None)],
    "identity.crest": lambda g: [Place({"mark": crest_mark(g.state)}, whose=None)],
    "publishing.activity": lambda _g: [Place({"code": "1.1.1"})],
    "publishing.frozen": _versions,
    "publishing.frozen_activity": _frozen_activities,
    "publishing.compare": _comparisons,
    "publishing.version_pdf": _pdfs,
    "publishing.edition_pdf": lambda g: [replace(one, query={"edition": "summary"}) for one in _versions(g)],
    "publishing.version_written": lambda g: [_as(place, form) for form in WRITTEN for place in _pdfs(g)],
    "publishing.draft_written": _draft_files,
    "tables.version_tables": lambda g: [_as(p, form) for form in (*DATA, JSON) for p in _versions(g)],
    "exchange.export_tables": lambda _g: [Place(), Place(query={"profile": "public"})],
    "exchange.export_workbook": lambda _g: [Place(), Place(query={"profile": "public"})],
    "publishing.paper": _papers,
    "publishing.paper_file": _papers,
    "publishing.withdraw": lambda g: [Place({"key": g.publication.key})],
    "exchange.sort_word": _uploads,
    "exchange.preview_word": _uploads,
    "exchange.confirm_word": _uploads,
    "exchange.sort_new_word": _uploads,
    "exchange.preview_new_word": _uploads,
    "exchange.confirm_new_word": _uploads,
    "adoption.move": lambda _g: [Place({"name": "consult"})],
    "adoption.save_move": lambda _g: [Place({"name": "consult"})],
    **dict.fromkeys(
        [f"adoption.{act}" for act in ("adoption", "confirm", "decline", "withdraw", "scan")],
        lambda g: [Place({"adoption": g.adoption.key})],
    ),
    "monitoring.one_update": _updates,
    "monitoring.approve": _updates,
    "monitoring.verify": _judged_updates,
    "monitoring.send_back": _judged_updates,
    "monitoring.correct": _updates,
    "starting.from_template": lambda _g: [Place({"template": "empty"}), Place({"template": "ours"})],
    "starting.start": lambda _g: [Place({"template": "empty"}), Place({"template": "ours"})],
    "starting.archive_template": lambda _g: [Place({"template": "ours"})],
    "starting.restore_template": lambda _g: [Place({"template": "ours"})],
    "plans.section": _section_and_secret,
    "plans.paragraph_history": _section_and_secret,
    "plans.write_paragraph": _section_and_secret,
    **dict.fromkeys(
        [
            *("plans.edit_photograph", "plans.save_photograph", "plans.photograph_picture", "plans.archive_photograph"),
            *("plans.confirm_erase_photograph", "plans.erase_photograph"),
        ],
        _photographs,
    ),
    "plans.restore_photograph": lambda g: [Place({"photograph": g.put_away["photograph"].key})],
    "publishing.version_photograph": lambda g: [
        Place({"photograph": g.photographs["why"].key}),
        Place({"photograph": g.photographs["secret"].key}, readers=frozenset()),
    ],
    "plans.restore_paragraph": lambda g: [Place({"paragraph": g.put_away["paragraph"].key})],
    "plans.restore_section": lambda _g: [Place({"section": "old"})],
    "plans.save_row": _activity,
    **dict.fromkeys(["consultations.asked", "consultations.part", "consultations.part_text"], _drafts),
    **dict.fromkeys(["consultations.send", "consultations.send_text"], _comments),
    "consultations.public_document": lambda g: [
        Place({"key": g.consultations["open"].key, "document": g.public_paper.key})
    ],
    "plans.activity": _whole_activity,
    "plans.edit_activity": _activity,
    "plans.save_activity": _activity,
    "plans.add_money": _activity,
    "plans.save_new_money": _activity,
    "plans.edit_money": _lines,
    "plans.save_money": _lines,
    "plans.remove_money": _lines,
    "plans.edit_rate": lambda _g: [Place({"currency": "EUR"}, whose=None)],
    "plans.save_rate": lambda _g: [Place({"currency": "EUR"}, whose=None)],
    "plans.remove_rate": lambda _g: [Place({"currency": "EUR"}, whose=None)],
    "plans.unit_cost": _unit_costs,
    "plans.save_unit_cost": _unit_costs,
    "plans.archive_unit_cost": _unit_costs,
    "plans.restore_unit_cost": lambda g: [Place({"key": g.unit_costs[1].key}, whose=None)],
    "commitments.one": _whole_activity,
    "commitments.accept": _activity,
    "commitments.change": _activity,
    "commitments.ask_change": _activity,
    "commitments.confirm": _activity,
    "commitments.enter": _activity,
    "commitments.save_entered": _activity,
    "commitments.decide": _activity,
    "commitments.spelling": _activity,
    "commitments.remind": lambda _g: [Place({"code": "DEF"})],
    "commitments.reminded": lambda _g: [Place({"code": "DEF"})],
    "monitoring.progress_by": lambda _g: [Place({"kind": kind}) for kind in ("themes", "mandates", "areas", "pillars")],
    "monitoring.figures": _figure_pages,
    "monitoring.figures_csv": _figure_pages,
    **dict.fromkeys(["api.version", "api.nap_plan"], _published_versions),
    **dict.fromkeys(["api.indicator", "api.indicator_values"], lambda _g: [Place({"code": "I0"})]),
    "api.consultation": lambda g: [Place({"key": g.consultations["open"].key})],
    "monitoring.public_figures": lambda _g: [Place({"code": "I0"})],
    "monitoring.public_figures_csv": lambda _g: [Place({"code": "I0"})],
    "monitoring.funder": lambda _g: [Place({"code": "FOR"}, whose=None)],
    **dict.fromkeys(
        [f"reports.{act}" for act in ("draft", "write", "refresh", "withdraw", "draft_pdf", "make_pdf")],
        lambda _g: [Place({"kind": "card"})],
    ),
    **dict.fromkeys(
        ["reports.about_to_publish", "reports.publish"],
        lambda _g: [Place({"kind": "card"})],
    ),
    **dict.fromkeys(
        ["reports.report", "reports.report_pdf", "api.report"],
        lambda g: [Place({"ends": g.report.period.ends.isoformat(), "kind": "card"}, whose=None)],
    ),
    **dict.fromkeys(
        [
            f"consultations.{view}"
            for view in (
                *("consultation", "edit", "save", "archive", "window", "open_window", "close_window", "take_files"),
                *("add_document", "save_document", "letters", "add_letter", "save_new_letter", "ask", "save_asked"),
                *("questionnaire", "print_questionnaire", "add_question", "save_new_question"),
                *("add_contribution", "save_new_contribution", "add_many", "preview_many", "change_many", "save_many"),
            )
        ],
        _consultations,
    ),
    "consultations.restore": lambda g: [Place({"key": g.consulting["held"].key})],
    **dict.fromkeys(
        [f"consultations.{view}" for view in ("document", "show_document", "remove_document", "public_document")],
        _hangs("document"),
    ),
    **dict.fromkeys(
        [f"consultations.{view}" for view in ("edit_letter", "save_letter", "remove_letter", "print_letter")],
        _hangs("letter"),
    ),
    **dict.fromkeys(
        [f"consultations.{view}" for view in ("answered", "edit_addressee", "save_addressee", "remove_addressee")],
        _hangs("addressee"),
    ),
    **dict.fromkeys(
        [
            f"consultations.{view}"
            for view in (
                *("edit_question", "save_question", "tallies", "save_tallies", "move_question", "archive_question"),
                "restore_question",
            )
        ],
        _hangs("question"),
    ),
    **dict.fromkeys(
        [
            f"consultations.{view}"
            for view in (*("edit_organisation", "save_organisation", "archive_organisation", "restore_organisation"),)
        ],
        lambda g: [Place({"key": g.consulting["organisation"].key})],
    ),
    **dict.fromkeys(
        [
            f"consultations.{view}"
            for view in (
                *("contribution", "edit_contribution", "save_contribution", "archive_contribution"),
                *("restore_contribution", "about", "save_about"),
            )
        ],
        _contributions,
    ),
    "plans.ministry": lambda _g: [Place({"code": "DEF"})],
    "plans.indicator": _indicators,
    "plans.edit_indicator": _indicators,
    "plans.save_indicator": _indicators,
    "plans.figure": _figures,
    "plans.save_figure": _figures,
    "plans.remove_figure": _figures,
    "plans.add_indicator": _new_measures,
    "plans.save_new_indicator": _new_measures,
    "plans.standard_indicators": _new_measures,
    "plans.mandates": lambda g: _of_kinds(g, "objective", "activity"),
    "plans.add_mandate": lambda g: _of_kinds(g, "objective", "activity"),
    "plans.edit_milestone": _milestones,
    "plans.save_milestone": _milestones,
    "plans.add_milestone": _new_measures,
    "plans.save_new_milestone": _new_measures,
    "plans.add_row": _new_rows,
    "plans.save_new_row": _new_rows,
    "plans.edit_row": lambda g: _of_kinds(g, "pillar", "objective", "output"),
    "plans.save_held_row": lambda g: _of_kinds(g, "pillar", "objective", "output"),
    "plans.move": lambda g: _of_kinds(g, *LEVELS),
    "plans.save_move": lambda g: _of_kinds(g, *LEVELS),
    "plans.step": lambda g: _of_kinds(g, *LEVELS),
    "plans.archive": _archived,
    "plans.save_archive": _archived,
    "plans.undo": _done,
    "plans.bulk_result": _done,
    "plans.restore": lambda g: [Place({"kind": "pillar", "key": g.put_away["pillar"].key})],
}


def unfilled(app: Flask) -> list[str]:
    """The endpoints with a part that nothing fills in."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "oversight.job"]
    return sorted({rule.endpoint for rule in rules if rule.endpoint not in PLACES and rule.arguments - set(COMMON)})


def doors(app: Flask, ground: Ground, person_id: int | None) -> Iterator[Door]:
    """Every address with each of its methods, as somebody would ask for it."""
    for rule in app.url_map.iter_rules():
        for place in _places(rule, ground, person_id):
            path = path_of(app, rule, ground, place)
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield Door(rule.endpoint, method, path, app.view_functions[rule.endpoint].action, place)


def _places(rule: Address, ground: Ground, person_id: int | None) -> list[Place]:
    if rule.endpoint == "oversight.job":
        jobs = ground.jobs
        mine = [Place({"key": jobs[person_id].key})] if person_id else []
        other = next(job for owner, job in jobs.items() if owner != person_id)
        return [*mine, Place({"key": other.key}, readers=frozenset())]
    return PLACES.get(rule.endpoint, lambda _g: [Place()])(ground)


def path_of(app: Flask, rule: Address, ground: Ground, place: Place) -> str:
    """The address with its parts and its query."""
    common = {name: fill(ground) for name, fill in COMMON.items() if name in rule.arguments}
    wanted = {name: value for name, value in place.parts.items() if name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, {**common, **wanted, **place.query})


def refusal(door: Door, roles: frozenset[Role], institutions: frozenset[str]) -> int | None:
    """What the access table answers, read from the signs alone: None for yes; 401, 403 or 404 for no.

    The gate asks in this order: is the action anything for these roles; is the subject there for them; is it theirs;
    may they do what the view asks beyond its own action.
    """
    if not _signs(door.action, roles):
        return _status(door.action, roles)
    if not roles & door.place.readers:
        return 404 if POLICY[door.action].hidden or door.endpoint in OF_ONE_PERSON else 403
    hides = "plans.restricted.read" if door.place.secret else None
    for action in filter(None, (hides, door.action, door.place.also)):
        if not _gives(action, door, roles, institutions):
            return _status(action, roles)
    return None


def _gives(action: str, door: Door, roles: frozenset[Role], institutions: frozenset[str]) -> bool:
    signs = _signs(action, roles)
    of_one = "key" in door.place.parts or "institution" in door.place.query
    any_one = action in FOR_ANY_INSTITUTION and not of_one and bool(institutions)
    if action in BY_RECEIPT:
        return bool(signs)
    return bool(signs & {"y", "f", "2"}) or bool(signs & {"o", "s"} and (any_one or door.place.whose in institutions))


def _signs(action: str, roles: frozenset[Role]) -> set[str]:
    return {POLICY[action].mark(role) for role in roles} - {"-"}


def _status(action: str, roles: frozenset[Role]) -> int:
    hidden = POLICY[action].hidden
    if roles == {Role.PUBLIC} and not (hidden and _signs(action, roles)):
        return 401
    return 404 if hidden else 403
