"""A signature within a PDF (PAdES, baseline B-B), which leaves all that the file keeps to as it was."""

import io

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

FIELD = "Signature"


class Addition(IncrementalPdfFileWriter):
    """What is added to the end of a file. It leaves the metadata alone, whose words the standards depend on."""

    def _update_meta(self) -> None:
        return


def seal(pdf: bytes, signer: signers.Signer) -> bytes:
    """A PDF of ours with a signature at its end that covers all of it. Raises PdfError, KeyError for another."""
    addition = Addition(io.BytesIO(pdf))
    _add_field(addition)
    told = signers.PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    sealed: bytes = signers.PdfSigner(told, signer).sign_pdf(addition, existing_fields_only=True).getvalue()
    return sealed


def _add_field(addition: Addition) -> None:
    """Adds the field that the signature goes into: without a place on the page, and named among the tags, last, since
    the standard for listening asks it of every field.
    """
    append_signature_field(addition, SigFieldSpec(FIELD, on_page=0, readable_field_name=FIELD))
    field = addition.root["/AcroForm"]["/Fields"].raw_get(0)
    tags = addition.root["/StructTreeRoot"]
    whole, numbers = tags["/K"].raw_get(0), tags["/ParentTree"]["/Nums"]
    named = {"/Type": pdf_name("/OBJR"), "/Obj": field}
    tag = {"/Type": pdf_name("/StructElem"), "/S": pdf_name("/Form"), "/P": whole, "/Alt": pdf_string(FIELD)}
    tag |= {"/Lang": pdf_string("en"), "/Pg": field.get_object().raw_get("/P"), "/K": ArrayObject([_dictionary(named)])}
    reference = addition.add_object(_dictionary(tag))
    number = NumberObject(numbers[-2] + 1)  # type: ignore[no-untyped-call]
    whole.get_object()["/K"].append(reference)
    numbers.extend([number, reference])
    field.get_object()[pdf_name("/StructParent")] = number
    for changed in (whole.get_object()["/K"], numbers):
        addition.update_container(changed)


def _dictionary(said: dict[str, object]) -> DictionaryObject:
    named = {pdf_name(name): value for name, value in said.items()}
    return DictionaryObject(named)  # type: ignore[no-untyped-call]
