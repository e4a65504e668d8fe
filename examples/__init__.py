"""Sample papers that we wrote ourselves, and the script that makes them."""
