"""Counting what the record holds (statistik): decisions, outcomes, sums, parties and motions.

model.py      what a statistic is: rows, what their numbers mean, what to know before believing them
asked.py      which subject, by what, and of which papers
sections.py   each § of a meeting once, however many papers it stands in
counting.py   decisions, outcomes and parties
sums.py       sums of money: how many, their median, their total
motions.py    motions, how they were answered and after how many days
ask.py        a statistic that is asked for, kept until the record changes
"""
