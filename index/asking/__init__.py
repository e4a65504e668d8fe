"""What is asked (frågan): words, filters and case numbers read out of a question, and what an item must be to match."""
