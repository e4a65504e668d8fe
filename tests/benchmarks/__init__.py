"""How fast we are, beside the plain way: `python -m tests.benchmarks.ingestion`, `.search` and `.cold`."""
