"""What the pages of a paper show (handlingens sidor), made of the record; routes: search_api/pages/papers.py."""
