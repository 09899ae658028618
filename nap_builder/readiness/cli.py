"""The command that asks the readiness checks."""

import json
import sys

import click

from nap_builder.kernel.checks import ADOPTION, GATES
from nap_builder.plans.queries.plan import plan_at
from nap_builder.readiness.queries import ABSENT, OPEN, GateState, Result, state_of


@click.command("check")
@click.argument("slug")
@click.option("--gate", type=click.Choice(GATES), help="The next gate unless said.")
@click.option("--json", "as_json", is_flag=True, help="Answers as JSON.")
def check(slug: str, gate: str | None, *, as_json: bool) -> None:
    """Asks the readiness checks of a gate; exit 0 none blocks, 1 some block."""
    state = state_of(plan_at(slug))
    asked = state.gate(gate or (state.next.gate if state.next else ADOPTION))
    results = [one for one in asked.results if one.kind != ABSENT]
    if as_json:
        click.echo(json.dumps(_said(asked, results), ensure_ascii=False, indent=1))
    else:
        for result in results:
            said = (result.check.key, result.kind, result.check.gravity, str(len(result.found.failing)))
            click.echo("\t".join((*said, str(result.check.says))))
    sys.exit(int(asked.blocked))


def _said(asked: GateState, results: list[Result]) -> dict[str, object]:
    return {
        "gate": asked.gate,
        "state": asked.state,
        "passes": asked.counting - len(asked.open),
        "counting": asked.counting,
        "blocked": asked.blocked,
        "checks": [
            {
                "key": one.check.key,
                "result": one.kind,
                "gravity": one.check.gravity,
                "rule": str(one.check.says),
                "source": str(one.check.source),
                "says": one.found.says if one.kind == OPEN else "",
                "rows": [{"ref": row.key, "code": row.code} for row in one.found.failing if one.kind == OPEN],
                "reason": one.reason,
            }
            for one in results
        ],
    }
