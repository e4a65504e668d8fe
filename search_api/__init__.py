"""The web: an API under /api/v1 and a page for people, both over the index and the record.

app.py       puts the application together
state.py     what a process holds open: settings, Searcher, Catalog
problems.py  errors as problem details (RFC 9457)
api/         /api/v1: one file for each kind of thing that is asked for
pages/       the page: one file for each kind of page; templates/ and static/ are what they are made of
"""
