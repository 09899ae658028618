"""Files packed into one archive (ZIP): the same files give the same bytes, whenever they are packed."""

import io
import zipfile
from collections.abc import Iterable

AT_ALL_TIMES = (1980, 1, 1, 0, 0, 0)  # the earliest moment that an archive can tell


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The bytes of an archive of files, each with its name, in the order given."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, AT_ALL_TIMES), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
