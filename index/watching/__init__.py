"""Watching (bevakning): what is new for a search, told once.

known.py    which item is which, whatever the index does, and when it was first seen
news.py     what is new for a search: the newest of all, or since a revision of the record
"""
