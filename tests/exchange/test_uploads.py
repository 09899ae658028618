"""Files that wait for a confirmation do not fill the disk."""

import pytest
import time_machine

from nap_builder.exchange import uploads
from nap_builder.kernel.errors import Missing


def test_of_one_persons_files_the_last_few_wait(db):
    tokens = []
    with time_machine.travel("2027-03-01T09:00:00Z", tick=False):
        other = uploads.keep(12, b"other")
    for second in range(8):
        with time_machine.travel(f"2027-03-01T10:00:0{second}Z", tick=False):
            tokens.append(uploads.keep(1, f"{second}".encode()))
    with time_machine.travel("2027-03-01T10:01:00Z", tick=False):
        assert [uploads.fetch(1, token) for token in tokens[3:]] == [b"3", b"4", b"5", b"6", b"7"]
        for token in tokens[:3]:
            with pytest.raises(Missing):
                uploads.fetch(1, token)
        assert uploads.fetch(12, other) == b"other"
