"""The moments of a journal as a list, with the trainee's words put in by the page."""

from __future__ import annotations

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class MomentsList(WorkshopWidget):
    """Reads the moments from the page's keeper; Python never sees what it shows.

    Attributes
    ----------
    exercises
        By exercise id: its ``title`` and the ``labels`` of its questions and choices.
    systems, settings, words
        The shared words it shows.
    """

    _esm = module("moments")
    _css = styles("moments")
    exercises = t.Dict().tag(sync=True)
    systems = t.Dict().tag(sync=True)
    settings = t.Dict().tag(sync=True)
    words = t.Dict().tag(sync=True)
