"""The official division codes: read from their published tables, and laid beside what staff keep."""
