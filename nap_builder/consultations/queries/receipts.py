"""The comment that belongs to a receipt."""

import hmac

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.database import db

_NOBODY = "0" * 64


def comment_of(digest: str) -> Comment | None:
    """The comment whose receipt has this digest (hex). One that is not there is compared like one that is."""
    query = select(Comment).where(Comment.receipt == digest)
    found = db.session.scalar(
        query.options(
            joinedload(Comment.consultation).joinedload(Consultation.plan),
            joinedload(Comment.contribution).joinedload(Contribution.consultation),
        )
    )
    kept = found.receipt if found is not None else None
    return found if hmac.compare_digest(kept or _NOBODY, digest) else None
