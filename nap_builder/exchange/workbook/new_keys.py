"""Keys for the sections and paragraphs that a person wrote into a workbook: the format wants them to have one."""

import json
from collections.abc import Iterable
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from nap_builder.exchange.workbook.rows import Found
from nap_builder.plans.services.sections import key_from


def give_keys(lines: Iterable[Found], slug: str) -> None:
    """Gives new sections a key made from their title, new paragraphs one made from their words.

    The same file gives the same keys each time, so that it can be taken in twice without doubling a row.
    """
    found = list(lines)
    names = uuid5(NAMESPACE_URL, "nap-workbook:" + slug)
    taken = {(line.kind, str(line.said["key"])) for line in found if "key" in line.said}
    for line in found:
        if "key" in line.said or line.kind not in ("section", "paragraph"):
            continue
        if line.kind == "section":
            words = next(iter(line.said.get("title", {}).values()), "")
            key = key_from(words, frozenset(name for kind, name in taken if kind == "section"))
        else:
            words = json.dumps([line.under, line.said.get("text")], sort_keys=True, ensure_ascii=False)
            keys = (str(uuid5(names, f"{words}:{turn}")) for turn in count(1))
            key = next(key for key in keys if ("paragraph", key) not in taken)
        line.said["key"] = key
        taken.add((line.kind, key))
