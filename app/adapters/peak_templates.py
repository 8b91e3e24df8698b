"""Which templates come with the product? Read from their data file, once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from app.adapters.files import read_file
from app.domain.notation.fields import Fields
from app.domain.notation.rules import read_peak
from app.domain.peak_templates import Certainty, PeakTemplate, Sector
from app.domain.register import Name

FILE = Path(__file__).with_suffix(".json")


@cache
def peak_templates() -> Mapping[str, PeakTemplate]:
    """All templates by their id, in the order of the file."""
    found = (_template(written) for written in cast(list[object], read_file(str(FILE))))
    return {one.id: one for one in found}


def _template(written: object) -> PeakTemplate:
    fields = Fields(written)
    template = PeakTemplate(
        sector=fields.choice("sector", Sector),
        name=Name(nl=fields.text("name_nl"), en=fields.text("name_en")),
        certainty=fields.choice("certainty", Certainty),
        source=fields.optional_text("source") or "",
        peak=read_peak({"id": fields.text("id"), **cast(dict[str, object], fields.required("peak"))}, customer=""),
    )
    fields.raw("source")
    fields.finish()
    return template
