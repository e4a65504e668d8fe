"""`§ 93 Ärendenummer SLK-2024-00074`, the heading on the lines below (also with Dnr and Diarienummer)."""

import re

from extractors.layouts.layout import Layout

LAYOUT = Layout(
    name="case label",
    head=re.compile(
        r"§\s?\d+\s*(?:[a-h]\b)?\s*(?:$|(?:Ärendenummer|Ärendenr|Diarienummer|Diarienr|Dnr)\b)", re.IGNORECASE
    ),
    share=0.9,
)
