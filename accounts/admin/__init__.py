from . import county, department, events, people, township

__all__ = ["county", "department", "events", "people", "township"]
