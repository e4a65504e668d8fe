"""The morning report (morgonrapport): what the night took, what it lacks and why; as a page, a mail and an artifact.

    page = tell(settings, catalog, tally, seconds)     # PARAGRAF_HOME/reports/2026-06-15.html, and the mail

A night is a day in Sweden: a run that was killed and its second one, or one begun by hand at noon, are one report, and
one mail.
"""

from flows.morning.letter import Letter
from flows.morning.night import Night, night_of, today
from flows.morning.sending import tell, tell_broken

__all__ = ["Letter", "Night", "night_of", "tell", "tell_broken", "today"]
