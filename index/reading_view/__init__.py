"""A paper as people read it (läsning): its finds by number, its text in paragraphs, what changed, how it is cited."""
