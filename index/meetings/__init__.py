"""One meeting, several files (sammanträdets handlingar): the whole minutes, §§ approved at once, extracts, versions.

same.py     whether two texts are the same § but for furniture
copies.py   which § of a paper stands in a better paper of the same meeting, kept level with the record
beside.py   where else a § stands, for who looks at it
"""
