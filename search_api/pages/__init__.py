"""The page for people, in Swedish or English; each file has a `router`, and `ROUTERS` is all of them."""

from fastapi import APIRouter

from search_api.pages import cases

ROUTERS: tuple[APIRouter, ...] = (cases.router,)
