"""A guest (gäst) at other people's servers: how Paragraf asks them, and what it takes from an answer.

    guest = Guest("arkiv@exempel.se")
    listing = guest.page("https://kommun.example/protokoll")
    paper = guest.fetch("https://kommun.example/protokoll/2026-06-15.pdf")

One request at a time per host with a pause, robots.txt, a budget for the night, nothing from an inner network. What
cannot be had raises Unreadable: stage "fetch" with the reason, or "waits" where the guest leaves it to another night.
"""

from flows.guest.clock import Clock, RealClock, SimulatedClock
from flows.guest.guest import Guest
from flows.guest.manners import Budget, Manners, Timeouts
from flows.guest.pages import Page

__all__ = ["Budget", "Clock", "Guest", "Manners", "Page", "RealClock", "SimulatedClock", "Timeouts"]
