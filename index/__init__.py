"""Where is it kept, and how is it found? The record, the vectors, and the searching.

`index.catalog` is the record, `index.sync` brings the vectors level with it, `index.queries` asks. Nothing is imported
here, so that a search loads only what a search needs.
"""
