"""How the notebooks are served as apps: Voila, with its own template, handlers and headers."""
