from . import county, department, events, people, reorganising, township

__all__ = ["county", "department", "events", "people", "reorganising", "township"]
