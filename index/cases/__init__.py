"""A case (ärende) followed through bodies and documents as a time line, from the record.

model.py       Case, Stop, Link: what a time line is made of
records.py     the rows of items, with the paper that each stands in
told.py        what is told at a stop: decisions, proposals, votes, reservations, sums
stops.py       from rows to stops: one for each § of a meeting, however many papers have it
titles.py      whether two titles are of one matter
bodies.py      whether a body that is told is the body of a meeting
referring.py   both ends of references
likely.py      what is of the matter by its title: a guess
chain.py       which items belong to a case, and how that is known
references.py  the §§ that an item refers to, as its sentence tells them
listing.py     the cases there are, and those with numbers near one
meant.py       which of them somebody means: by number, by a §, by words of the title
"""
