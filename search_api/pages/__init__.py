"""The page for people, in Swedish or English; each file has a `router`, and `ROUTERS` is all of them.

render.py   a template, in the language of the one who reads
words.py    what is said: words, days, sums
links.py    where the pages lie
static.py   the style and the scripts
search.py   the search page: asking.py its address, narrowing.py its facets, told.py what an answer says; start.py
feeds.py    searches and cases as Atom
docs.py     the API, told from its schema
sources.py  what is held, when sources were visited, what failed
"""

from fastapi import APIRouter

from search_api.pages import cases, docs, feeds, papers, search, sources, static, statistics, subscriptions

ROUTERS: tuple[APIRouter, ...] = (
    static.router,
    search.router,
    cases.router,
    docs.router,
    feeds.router,
    papers.router,
    sources.router,
    statistics.router,
    subscriptions.router,
)
