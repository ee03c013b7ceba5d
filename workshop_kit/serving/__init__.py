"""How the notebooks are served as apps: Voila, with its own template, handlers and headers."""

import sys

# jsonschema takes it up if it is there, for one format of addresses that nothing here asks for, and
# it spends more than a second of every start on a grammar. What is said to be absent is left out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
