"""A paper's pages drawn, with what was understood of them marked where it stands (ritning)."""
