"""`KF § 18    KS KF/2026:6`: the body's letters before every §, the case number far to the right."""

import re

from extractors.layouts.layout import Layout

LAYOUT = Layout(name="body letters", head=re.compile(r"^\W*[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5}\s?§\s?\d+"))
