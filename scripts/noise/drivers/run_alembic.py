"""Runs an Alembic history to its heads, without the application's own environment script.

Arguments: the package that holds the history, the folder in it, that of its versions, the URL of the database, and what the
application has done before its migrations run, as Python.
"""

import asyncio
import importlib.util
import os
import sys

import sqlalchemy
import sqlalchemy.orm
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

package, folder, versions, url, before = sys.argv[1:6]
exec(before)
root = list(importlib.util.find_spec(package).submodule_search_locations)[0]
config = Config()
config.set_main_option("script_location", os.path.join(root, folder))
config.set_main_option("path_separator", "os")
config.set_main_option("recursive_version_locations", "true")
if versions:
    config.set_main_option("version_locations", os.path.join(root, folder, versions))
script = ScriptDirectory.from_config(config)


def upgrade(revision, _context):
    return script._upgrade_revs("heads", revision)


def migrate(connection):
    with EnvironmentContext(config, script, fn=upgrade, destination_rev="heads") as environment:
        environment.configure(connection=connection, transaction_per_migration=True)
        environment.run_migrations()


async def migrate_asynchronously():
    from sqlalchemy.ext.asyncio import create_async_engine

    async with create_async_engine(url).connect() as connection:
        await connection.run_sync(migrate)


if "+asyncpg:" in url:
    asyncio.run(migrate_asynchronously())
else:
    with sqlalchemy.create_engine(url).connect() as connection:
        migrate(connection)
