"""Makes the database, the collected static files and what users have uploaded."""
import os
import struct
import zlib
from datetime import datetime, timedelta, timezone

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402

from journal.models import Post  # noqa: E402


def picture(red):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes((red, 120, 200)) * 32 for _ in range(32))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


call_command("migrate", run_syncdb=True, verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
names = ["Übersicht Größe.png", "日本語.png", "plain.png", "with space & more.png"]
for number in range(40):
    post = Post(
        title=f"Post {number}: Straße nach 東京" if number % 5 == 0 else f"Post {number}",
        slug=f"straße-東京-{number}" if number % 5 == 0 else f"post-{number}",
        body=f"The text of post {number}.\n\nIt speaks of the Straße.\n\n" + "More words. " * 40,
        tag=["news", "größe", "c++ & more"][number % 3],
        published=datetime(2026, 11, 20, tzinfo=timezone.utc) - timedelta(days=number * 9),
    )
    if number % 3 == 0:
        post.picture.save(f"{number} " + names[number // 3 % 4], ContentFile(picture(number * 6)), save=False)
    post.save()
