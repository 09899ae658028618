"""The process that looks at the signature of one PDF from outside: the file on standard input, JSON on standard output.

As `plans/carrying.py`, it limits itself first, and nothing of the program is loaded. It asks nobody whether to trust a
certificate: it says which one it is, and whether the signature is of the whole file as it came.
"""

import io
import json
import resource
import sys

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

MOST_MEMORY, MOST_SECONDS = 900_000_000, 8


def main() -> int:
    """Says what is known of the last signature. Without one, or where it cannot be read, the exit code is not 0."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signature = PdfFileReader(io.BytesIO(sys.stdin.buffer.read())).embedded_regular_signatures[-1]
    signature.compute_integrity_info(skip_diff=True)
    certificate = signature.signer_cert
    fits = validate_sig_integrity(signature.signer_info, certificate, "data", signature.compute_digest())
    whole = all(fits) and signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    moment = signature.self_reported_timestamp
    name = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    told = {"whole": whole, "by": str(name), "at": moment and moment.isoformat()}
    json.dump({**told, "certificate": certificate.sha256.hex()}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
