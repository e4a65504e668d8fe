"""What was understood of papers, as pages to look at (rapport): self-contained HTML that runs no script."""
