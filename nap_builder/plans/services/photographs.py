"""Photographs in the sections of a plan: kept as pixels alone, in a size for print and one for screens."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from nap_builder.kernel import storage, uploads
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, StaleEdit, WrongState
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.events import photographs as events
from nap_builder.plans.models.narrative import Photograph, Section
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.photographs import all_of, count_of, frozen_pictures, stored_pictures, with_the_picture
from nap_builder.plans.services.undoing import undoable

FOLDER = "photographs"
FOR_PRINT, FOR_SCREENS = (1_800, 82), (720, 60)  # the longer side in pixels, and the quality of JPEG
LEAST = 300  # pixels of the shorter side; a smaller picture is a blur in print
MOST = 40  # in a plan: each adds up to half a megabyte to what a phone has to load


@dataclass(frozen=True)
class PhotographFacts:
    """What is said of a photograph: what is seen on it and the words under it, by language, and who took it.

    `after` is the key of the paragraph under which it stands; None for the head of the section.
    """

    alt: dict[str, str]
    caption: dict[str, str] | None = None
    credit: str | None = None
    after: str | None = None


def keep_picture(stream: BinaryIO) -> uploads.Kept:
    """Keeps a picture in both sizes, with nothing of where, when and by which camera it was taken.

    Raises BadInput about `picture` for what is no JPEG or PNG, too large or too small, and for one that was deleted for
    good after a version was frozen with it: kept again, it would stand in that version again.
    """
    sent = uploads.picture(stream, field="picture")
    if min(sent.size) < LEAST:
        raise BadInput("picture", _("This picture is too small to be printed: %(least)s pixels at least.", least=LEAST))
    content = _as_jpeg(sent, *FOR_PRINT)
    digest = hashlib.sha256(content).hexdigest()
    kept = uploads.Kept(f"{FOLDER}/{digest}.jpg", digest, len(content))
    if kept.stored_as in frozen_pictures() and not storage.exists(kept.stored_as):
        raise BadInput("picture", _("This picture was deleted for good, and is not taken again. Choose another one."))
    for name, written in ((kept.stored_as, content), (small(kept.stored_as), _as_jpeg(sent, *FOR_SCREENS))):
        storage.put(name, written)
        storage.undate(name)
    return kept


def _as_jpeg(picture: Image.Image, side: int, quality: int) -> bytes:
    """A picture on white, with this longer side at most."""
    sized = picture if max(picture.size) <= side else ImageOps.contain(picture, (side, side), Image.Resampling.LANCZOS)
    if sized.mode == "RGBA":
        ground = Image.new("RGBA", sized.size, "#fff")
        ground.alpha_composite(sized)
        sized = ground.convert("RGB")
    written = BytesIO()
    sized.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def small(stored_as: str) -> str:
    """Where the size for screens of a picture is kept."""
    return stored_as.removesuffix(".jpg") + "-small.jpg"


def add_photograph(actor: Actor, section: Section, picture: uploads.Kept, facts: PhotographFacts) -> Photograph:
    """Adds a photograph to a section. Raises BadInput when the plan has as many as it may have."""
    if count_of(section.plan) >= MOST:
        raise BadInput("picture", _as_many_as_may_be())
    with undoable(actor, section.plan) as act:
        photograph = Photograph(plan=section.plan, section=section, **vars(facts), **_shown(picture))
        db.session.add(photograph)
        db.session.flush()
        act.added.append(photograph)
        _record(events.PHOTOGRAPH_ADDED, actor, photograph, alt=(None, facts.alt))
    return photograph


def _as_many_as_may_be() -> str:
    return _("A plan has %(most)s photographs at most. Remove another one first.", most=MOST)


def change_photograph(actor: Actor, photograph: Photograph, facts: PhotographFacts, *, seen: int | None) -> None:
    """Says something else of a photograph, or puts it elsewhere in its section. Raises StaleEdit."""
    unchanged_since(photograph, seen)
    with undoable(actor, photograph.plan, photograph):
        _say(actor, photograph, facts)


def archive_photograph(actor: Actor, photograph: Photograph, *, seen: int | None) -> None:
    """Takes a photograph out of the plan; it can come back. Raises WrongState when it was saved since."""
    try:
        unchanged_since(photograph, seen)
    except StaleEdit as error:
        raise WrongState(_("Somebody changed this photograph since you opened it. Look at it again.")) from error
    with undoable(actor, photograph.plan, photograph):
        photograph.archived_at = now()
        _record(events.PHOTOGRAPH_ARCHIVED, actor, photograph)


def restore_photograph(actor: Actor, photograph: Photograph) -> None:
    """Puts a photograph back where it stood. Raises WrongState when it stands there, or no other has room."""
    if photograph.archived_at is None:
        raise WrongState(_("This photograph is restored already."))
    if count_of(photograph.plan) >= MOST:
        raise WrongState(_as_many_as_may_be())
    with undoable(actor, photograph.plan, photograph):
        photograph.archived_at = None
        _record(events.PHOTOGRAPH_RESTORED, actor, photograph)


def erase_photograph(actor: Actor, photograph: Photograph) -> None:
    """Forgets a picture for good, in every plan and also in what is printed of frozen versions from now on.

    For somebody who is seen on it and no longer agrees: it is not held back by the state of the plan, nor undone.
    Files that were made before stay as they are.
    """
    stored_as = photograph.stored_as
    for one in with_the_picture(stored_as):
        _record(events.PHOTOGRAPH_ERASED, actor, one)
        db.session.delete(one)
    db.session.flush()
    for name in (stored_as, small(stored_as)):
        storage.delete(name)


def stand_as_in(actor: Actor, version: PlanVersion) -> None:
    """Lets the photographs of a plan stand as in a version of it: its own are back with their words, others are gone.

    One that was deleted for good stays so.
    """
    listed = {one["key"]: one for one in version.photographs or ()}
    for photograph in all_of(version.plan):
        one = listed.get(photograph.key)
        if one is None and photograph.archived_at is None:
            photograph.archived_at = now()
            _record(events.PHOTOGRAPH_ARCHIVED, actor, photograph)
        if one is not None:
            _stand_as(actor, photograph, PhotographFacts(**{name: one[name] for name in vars(_facts(photograph))}))


def _stand_as(actor: Actor, photograph: Photograph, facts: PhotographFacts) -> None:
    if photograph.archived_at is not None:
        photograph.archived_at = None
        _record(events.PHOTOGRAPH_RESTORED, actor, photograph)
    if facts != _facts(photograph):
        _say(actor, photograph, facts)


def drop_unused() -> int:
    """Drops pictures that were sent and never added, within the open transaction. Says how many there were."""
    kept = {name for stored_as in stored_pictures() for name in (stored_as, small(stored_as))}
    unused = [name for name in storage.names(FOLDER) if name not in kept]
    for name in unused:
        storage.delete(name)
    return len(unused)


def _facts(photograph: Photograph) -> PhotographFacts:
    return PhotographFacts(photograph.alt, photograph.caption, photograph.credit, photograph.after)


def _say(actor: Actor, photograph: Photograph, facts: PhotographFacts) -> None:
    before, wanted = vars(_facts(photograph)), vars(facts)
    for name, value in wanted.items():
        setattr(photograph, name, value)
    told = {name: (before[name], value) for name, value in wanted.items() if before[name] != value}
    _record(events.PHOTOGRAPH_CHANGED, actor, photograph, **told)


def _shown(picture: uploads.Kept) -> dict[str, object]:
    """What a photograph holds of its picture."""
    with Image.open(BytesIO(storage.get(picture.stored_as))) as kept:
        return {"stored_as": picture.stored_as, "width": kept.width, "height": kept.height}


def _record(act: Act, actor: Actor, photograph: Photograph, **changes: tuple[object, object]) -> None:
    plan = photograph.plan
    title = words_in(photograph.section.title, plan.first_language, plan.first_language)
    record(act, actor, photograph, changes=changes, plan=plan.slug, section=title)
