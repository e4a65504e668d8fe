"""The web: an API under /api/v1 and a page for people, both over the index and the record.

app.py       puts the application together
state.py     what a process holds open: settings, Searcher, Catalog
problems.py  errors as problem details (RFC 9457)
middleware/  what stands around every request: headers, limits, ids
health.py    whether it lives and can answer; metrics.py, logs.py
caching.py   answers that are kept until something changes; cursors.py: where a list goes on
api/         /api/v1: one file for each kind of thing that is asked for
pages/       the page: one file for each kind of page; templates/ and static/ are what they are made of
"""

VERSION = "0.1.0"
