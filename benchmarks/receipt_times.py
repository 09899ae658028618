"""How long a receipt takes that is known, one that is not, and one that is none: medians, which should be alike (P5).

Run it on a machine that does nothing else: `python benchmarks/receipt_times.py`.
"""

import secrets
import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import create_engine

from nap_builder.app import create_app
from nap_builder.consultations import tokens
from nap_builder.consultations.queries.receipts import comment_of
from nap_builder.kernel import schema
from nap_builder.kernel.database import db, transaction
from nap_builder.settings import Settings
from tests.builders.consultations import a_comment, an_open_draft
from tests.builders.world import a_world

SECRET, TIMES = "s" * 40, 2_000


def main() -> None:
    """Prints the medians in microseconds."""
    home = Path(tempfile.mkdtemp())
    url = f"sqlite:///{home / 'nap.sqlite'}"
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=home, database_url=url, secret_key=SECRET, testing=True))
    with app.app_context():
        with transaction():
            draft = an_open_draft(a_world().plan)
            receipts = [tokens.receipt_of(SECRET, secrets.token_urlsafe(16)) for _n in range(TIMES)]
            for receipt in receipts:
                a_comment(draft, "paragraph:x", receipt=tokens.digest_of_receipt(SECRET, receipt))
        known = receipts
        unknown = [tokens.receipt_of(SECRET, secrets.token_urlsafe(16)) for _n in range(TIMES)]
        for name, numbers in (("known", known), ("unknown", unknown), ("no receipt", ["what"] * TIMES)):
            print(f"{name:10} {statistics.median(map(taken, numbers)) * 1e6:8.0f}")


def taken(number: str) -> float:
    """How long one look takes, in seconds."""
    db.session.remove()
    begun = time.perf_counter()
    comment_of(tokens.digest_of_receipt(SECRET, number))
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
