"""Watching a search: by mail, by webhook, and how it begins and ends."""
