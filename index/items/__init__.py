"""The items of an embedded index: what each is, which words it has, and its direction, row by row beside the passages.

column.py  the values of a field, and the rows that have each
said.py    the words of each item in order, for phrases
told.py    what is stored with each passage
whole.py   each item as a whole: its direction, and the weights of its words
items.py   all of these together: counts, facets, the latest, and which items are nearest
gather.py  what changes while a sync goes on, and how it is written
"""
