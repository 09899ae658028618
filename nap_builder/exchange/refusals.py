"""What an import refuses once it is known what would become of the plan."""

from nap_builder.exchange.fault import Fault, Refused
from nap_builder.exchange.incoming import Incoming
from nap_builder.exchange.merging import Merge
from nap_builder.exchange.outlook import Preview
from nap_builder.exchange.queries import codes_of
from nap_builder.exchange.reach import answered_otherwise, arranged, led_by, touched
from nap_builder.kernel.languages import _

Only = frozenset[int] | None
_FACTS = frozenset({"plan", "task_force", "institution"})


def refuse_part(incoming: Incoming) -> None:
    """Refuses to start a plan with the rows of one institution."""
    if incoming.institution:
        raise Refused(
            [
                Fault(
                    "",
                    _(
                        "The file holds the rows of one institution. Take it in over the plan %(slug)s.",
                        slug=incoming.slug,
                    ),
                )
            ]
        )


def refuse_others(merge: Merge, seen: Preview, only: Only) -> None:
    """Refuses each change of what is not led by these institutions; changes of place among neighbours pass."""
    if only is None:
        return
    theirs = codes_of(only)
    faults = [
        Fault(merge.places.get(flat.ident, ""), _("%(ref)s is not led by your institution", ref=flat.ref))
        for flat in touched(merge)
        if not led_by(flat, merge, theirs)
    ]
    faults += [
        Fault(
            merge.places.get(flat.ident, ""),
            _("%(ref)s is added, moved, removed, assigned or restricted by the secretariat or the chair", ref=flat.ref),
        )
        for flat in touched(merge)
        if led_by(flat, merge, theirs) and arranged(flat, merge, theirs)
    ]
    faults += [
        Fault(
            merge.places.get(flat.ident, ""),
            _("the commitment to %(ref)s is given on its page, not by a file", ref=flat.ref),
        )
        for flat in touched(merge)
        if answered_otherwise(flat, merge)
    ]
    others = {line.ref for line in seen.changes if line.action != "keep" and line.ref.partition(":")[0] in _FACTS}
    faults += [Fault("", _("%(ref)s is not for your institution to change", ref=ref)) for ref in sorted(others)]
    if faults:
        raise Refused(faults)


def refuse_codes_twice(merge: Merge) -> None:
    """Refuses a file that gives a row a code which another row bears that the file lacks and that would stay."""
    faults = [
        Fault(
            merge.places.get(flat.ident, ""),
            _("the plan has another row with the code %(code)s, which the file lacks", code=flat.says["code"]),
        )
        for flat in merge.twice()
        if flat.ident not in merge.old or merge.old[flat.ident].says.get("code") != flat.says["code"]
    ]
    if faults:
        raise Refused(faults)
