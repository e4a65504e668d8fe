"""How people ask: the page and the HTTP API."""
