"""What is told of the items found (svaret): hits, snippets, facets, order and pages."""
