"""`§ 114 2026.288 KS`, the heading on the lines below; a § without a case stands alone on its line."""

import re

from extractors.layouts.layout import Layout

LAYOUT = Layout(
    name="serial unit", head=re.compile(r"^\W*§\s?\d+\s*(?:$|(?:19|20)\d\d\.\s?\d+ [A-ZÅÄÖ]{1,6}\b)"), share=0.9
)
