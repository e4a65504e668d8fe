"""The pages in a real browser: Debian's Chromium, driven by Playwright. One server and one browser for all of it."""
