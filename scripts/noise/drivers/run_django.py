"""Runs the migrations of Django applications.

Arguments: port, database, then the applications.
"""

import sys

import django
from django.conf import settings
from django.core.management import call_command

port, database, *apps = sys.argv[1:]
settings.configure(
    INSTALLED_APPS=apps,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": "127.0.0.1",
            "PORT": port,
            "USER": "postgres",
            "NAME": database,
        }
    },
    AUTH_USER_MODEL="auth.User",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    SECRET_KEY="not one",
    USE_TZ=True,
    STATIC_URL="/static/",
    ROOT_URLCONF="",
    WAGTAIL_SITE_NAME="site",
    WAGTAILADMIN_BASE_URL="http://localhost",
    SILENCED_SYSTEM_CHECKS=["*"],
)
django.setup()
call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
