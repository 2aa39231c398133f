"""Runs the migrations of Django applications.

Arguments: port, database, settings over the usual ones as JSON (or the module that holds the product's own), what the product
needs done before, as Python; then the applications.
"""

import json
import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

port, database, over, before, *apps = sys.argv[1:]
exec(before)
place = {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": "127.0.0.1",
    "PORT": port,
    "USER": "postgres",
    "NAME": database,
}
if over.startswith("{"):
    settings.configure(
        **{
            "INSTALLED_APPS": apps,
            "DATABASES": {"default": place},
            "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
            "SECRET_KEY": "not one",
            "USE_TZ": True,
            "STATIC_URL": "/static/",
            "ROOT_URLCONF": "",
            "SILENCED_SYSTEM_CHECKS": ["*"],
            **json.loads(over),
        }
    )
else:
    os.environ["DJANGO_SETTINGS_MODULE"] = over
django.setup()
call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
