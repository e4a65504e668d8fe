"""Watching (bevakning): what is new for a search, told once.

known.py          which item is which, whatever the index does, and when it was first seen
news.py           what is new for a search: the newest of all, or since a revision of the record
searches.py       a search as it is kept, and what it asks
subscriptions.py  who is told, confirmed and ended by secret links; requests.py what strangers may ask for
outbox.py         what waits to be sent; filling.py puts in it what is new
digests.py        a message as a mail, or as a webhook's JSON
"""
