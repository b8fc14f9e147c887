"""Totals of a cycle: added up, passed up a level, compared over the years, traced to their cells."""
