"""ZIP files that come from outside, and what the library says of one that is damaged."""

import zlib
from zipfile import BadZipFile

# What the library raises for bytes that are wrong, and nothing else; each is one that some file has brought about.
DAMAGED = (
    BadZipFile,  # the list and the parts do not agree, or a part's checksum is another
    zlib.error,  # a part does not unpack
    EOFError,  # a part breaks off
    NotImplementedError,  # the list asks for a later version, or for a cipher that its flags do not tell of
    ValueError,  # a part begins before the file, or its name is no text
    OverflowError,  # a part begins at a place that no machine can count to
)
