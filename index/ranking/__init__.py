"""Which items come first (rangordning): both legs together, and what raises an item."""
