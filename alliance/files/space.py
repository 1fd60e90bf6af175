"""How much room is left on the disks that we write to? Asked by the desk and by `manage.py check_disk`."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

LEAST, SHARE = 2 << 30, 20  # nearly full: less than 2 GiB, or less than a twentieth


def tight(*places: Path) -> list[str]:
    """A sentence for each place, by default the home, whose disk is nearly full; PostgreSQL's own disk may be another."""
    return [said for place in places or (Path(settings.PORTAL_HOME),) if (said := sentence(place))]


def sentence(place: Path) -> str:
    """What to say of one disk; nothing while it has room."""
    disk = shutil.disk_usage(next(each for each in (place, *place.parents) if each.exists()))
    if disk.free >= max(LEAST, disk.total // SHARE):
        return ""
    return _(
        "The disk is nearly full: %(free)s of %(total)s are left at %(place)s. Uploads and backups are refused when nothing is left: move old backups elsewhere, or have the disk enlarged."
    ) % {"free": filesizeformat(disk.free), "total": filesizeformat(disk.total), "place": place}
