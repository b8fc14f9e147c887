"""A unit's page: what it shows, what is kept while a person writes, what is checked, and what is sent."""
