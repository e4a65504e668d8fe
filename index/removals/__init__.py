"""Removal (borttagning): a document, a passage or a person goes at once, from everything, and stays away.

letters.py   letters of a text in a row, their keyed hashes, and where something removed stands
rules.py     everything that is removed, as saving asks for it: nothing is written to the record but through it
masking.py   a document with what is removed masked, with as many characters, in every field
meant.py     what somebody means to remove, and what that would hide
record.py    the log of removals, in the record and in a file beside it
hiding.py    what a removal does to the record, in transactions of its own
purging.py   the index, the originals, the pictures, the pages of reports and the files of the database
remove.py    all of it in order; what was stopped half-way is gone on with

docs/privacy.md tells what holds.
"""
