"""What turns texts into vectors, and what reads a question and a passage together (inbäddning)."""
