"""Changes (ändringar): what a new version of a paper decides otherwise, kept when it comes.

tables.py       one row per decision or vote that was added, removed or changed
differences.py  two readings compared: order, blanks, hyphens and OCR's noise are no change, nor is a better reader
keeping.py      kept with the version
record.py       asked for: the newest, by filter, of a document, since a moment
"""
