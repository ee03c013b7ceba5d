"""The workshop's own controls: one widget is one ``.py``, one ``.js`` and one ``.css``."""
