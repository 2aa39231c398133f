"""Sends the migrations of Prisma that a wheel holds, each in one message, and notes each one.

Arguments: the wheel, the folder of the migrations in it, port, database.
"""

import sys
import zipfile

import psycopg2

path, folder, port, database = sys.argv[1:5]
archive = zipfile.ZipFile(path)
connection = psycopg2.connect(host="127.0.0.1", port=port, user="postgres", dbname=database)
connection.autocommit = True
cursor = connection.cursor()
cursor.execute("CREATE TABLE _prisma_migrations (migration_name text)")
for name in sorted(archive.namelist()):
    if name.startswith(folder) and name.endswith("/migration.sql"):
        cursor.execute(archive.read(name).decode())
        cursor.execute("INSERT INTO _prisma_migrations VALUES ('%s')" % name.split("/")[-2])
