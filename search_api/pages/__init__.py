"""The page for people, in Swedish or English; each file has a `router`, and `ROUTERS` is all of them.

render.py   a template, in the language of the one who reads
words.py    what is said: words, days, sums
links.py    where the pages lie
static.py   the style and the scripts
"""

from fastapi import APIRouter

from search_api.pages import cases, static

ROUTERS: tuple[APIRouter, ...] = (static.router, cases.router)
