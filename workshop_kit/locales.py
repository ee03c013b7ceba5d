"""How a language writes days, and which form of a text goes with a number.

Both by the Unicode locale data that Babel carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

# Without a comma, as later locale data have it.
_PATTERNS = {("en_GB", "full"): "EEEE d MMMM y"}


@lru_cache(maxsize=8192)
def day(when: date, tag: str, length: str = "long") -> str:
    """Write a day.

    Parameters
    ----------
    when
        The day, on the clock of whoever lived it.
    tag
        The language, such as ``"en-GB"``.
    length
        ``"medium"``, ``"long"``, or ``"full"`` with the day of the week.

    Examples
    --------
    >>> day(date(2026, 9, 16), "en-GB"), day(date(2026, 9, 16), "de", "full")
    ('16 September 2026', 'Mittwoch, 16. September 2026')
    """
    locale = _locale(tag)
    return format_date(when, _PATTERNS.get((str(locale), length), length), locale=locale)


def moment(when: datetime, tag: str, length: str = "medium") -> str:
    """Write a day and the time on its clock.

    Examples
    --------
    >>> moment(datetime(2026, 9, 16, 17, 52), "en-GB", "full")
    'Wednesday 16 September 2026, 17:52'
    """
    return f"{day(when.date(), tag, length)}, {when:%H:%M}"


def form(words: Mapping[str, str], name: str, count: int, tag: str) -> str:
    """Return the text that goes with a number: ``name_few`` and the like, or else ``name``.

    Examples
    --------
    >>> form({"told": "{count} pages", "told_one": "one page"}, "told", 1, "en-GB")
    'one page'
    """
    return words.get(f"{name}_{_locale(tag).plural_form(count)}", words[name])


@cache
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        # A language that Babel does not know still has its pages, as English would have them.
        return Locale("en", "GB")
