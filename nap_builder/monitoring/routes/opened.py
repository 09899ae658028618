"""What the form of an update needs on its page, and on the page of what waits for a person."""

from typing import Any

from flask import url_for

from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n, day, listed, number, when, words_in
from nap_builder.monitoring import in_words, said
from nap_builder.monitoring.forms.update import UpdateForm
from nap_builder.monitoring.models import RETURNED, ProgressUpdate
from nap_builder.monitoring.names import SOURCES, UPDATE_KINDS, UPDATE_STATES
from nap_builder.monitoring.progress.names import ACTIVITY_KINDS, ACTIVITY_STATUSES, LEFT
from nap_builder.monitoring.queries.due import Due, subject_of
from nap_builder.monitoring.queries.evidence import evidence_of
from nap_builder.monitoring.queries.lines import lines_by_time
from nap_builder.monitoring.queries.looks import SecondLook, overspent, reckoned, second_looks
from nap_builder.monitoring.routes.places import place_of
from nap_builder.monitoring.services.content import may_be_unchanged

SOON = 30  # days before an update is due from which its page says how many are left


def opened(due: Due, form: UpdateForm) -> dict[str, Any]:
    """The form of an update with what stands around it: links and files, what is worth a second look, what it makes."""
    sheets, told = form.sheets, form.was.figures if due.update else {}
    of_one = ((one.indicator, told.get(one.indicator.key)) for one in sheets.figures)
    return {
        "due": due,
        "update_form": form,
        "action": url_for(f"monitoring.{'enter' if form.entered else 'update'}", **place_of(due)),
        "evidence": evidence_of([due.update] if due.update else []),
        "looks": looks_of(due, due.update),
        "stays": due.waits and not form.entered and may_be_unchanged(sheets.before),
        "makes": {indicator.key: reckoned(sheets.before, indicator, figure) for indicator, figure in of_one},
        "money": lines_by_time(due, form.was.spending),
        "tell": in_words,
        **vocabulary(),
    }


def vocabulary() -> dict[str, Any]:
    """What templates of updates use to say things, and an empty form for their single buttons."""
    return {
        "press": Form(formdata=None),
        "place_of": place_of,
        "line_said": said.line,
        "due_said": due_said,
        "due_kind": due_kind,
        "asks_for": asks_for,
        "statuses": ACTIVITY_STATUSES,
        "status_kinds": ACTIVITY_KINDS,
        "rare": LEFT,
        "sources": SOURCES,
        "subject_of": subject_of,
        "update_states": UPDATE_STATES,
        "update_kinds": UPDATE_KINDS,
    }


def due_said(due: Due) -> str:
    """How an update stands: by when it is due while it waits, else its state, or that it is being corrected."""
    if due.being_corrected:
        return _("Correction, not sent yet")
    if not due.waits:
        return str(UPDATE_STATES[due.state]) if due.state else ""
    if due.days_late > 0:
        return _n("%(num)s day late", "%(num)s days late", due.days_late)
    if due.days_late == 0:
        return _("Due today")
    if due.days_late < -SOON:
        return _("Due by %(day)s", day=day(due.period.due))
    return _n("Due in %(num)s day", "Due in %(num)s days", -due.days_late)


def due_kind(due: Due) -> str:
    """With which kind of tag it is said: late, soon, or not pressing."""
    if due.waits and (due.days_late > 0 or due.state == RETURNED):
        return "late"
    return "warn" if due.waits and due.days_late >= -SOON else "wait"


def asks_for(due: Due) -> str:
    """What an update asks for, in few words: how it is going, so many figures, so many milestones."""
    figures, steps = len(due.indicators), len(due.milestones)
    asked = [_("How it is going")] if due.kind == "activity" else []
    asked += [_n("%(num)s figure", "%(num)s figures", figures)] if figures else []
    asked += [_n("%(num)s milestone", "%(num)s milestones", steps)] if steps else []
    return str(listed(asked))


def looks_of(due: Due, update: ProgressUpdate | None) -> list[str]:
    """What is worth a second look in an update, each in a sentence."""
    if update is None or not update.counts:
        return []
    jumps = [_look(look) for look in second_looks(due, update)]
    return jumps + [
        _("%(line)s: more is spent than was approved. Is it right?", line=said.line(line))
        for line in overspent(due, update)
    ]


def _look(look: SecondLook) -> str:
    title = words_in(look.indicator.title)
    if look.change is None or look.since is None:
        return _("%(title)s: %(doubt)s", title=title, doubt=look.sentence)
    told = {"title": title, "share": number(abs(look.change)), "month": when(f"{look.since:%Y-%m}")}
    if look.change > 0:
        return _("%(title)s: this is %(share)s %% more than in %(month)s. Is it right?", **told)
    return _("%(title)s: this is %(share)s %% less than in %(month)s. Is it right?", **told)
