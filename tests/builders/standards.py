"""The standards that our PDF files claim to keep, asked of a validator that is none of ours."""

import tempfile
from pathlib import Path

import page

from nap_builder.publishing.file_checks import faults_of


def broken_rules(pdf: bytes) -> list[str]:
    """What a file breaks of PDF/A-3a and PDF/UA-1, and the faults that our own checks find; none for a sound one."""
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "document.pdf"
        file.write_bytes(pdf)
        profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
        found = [failure for profile in profiles for failure in page.validate_pdf(str(file), profile=profile).failures]
    return [*map(str, found), *faults_of(pdf)]
