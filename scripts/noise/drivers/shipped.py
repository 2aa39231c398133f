"""Prints the names of the migrations that a wheel ships, as their tool notes them.

Arguments: the wheel, the tool, the folder that they stand below. An application of Django in a folder `app` of a package is called as
the package calls it: `pulp_file/app` is `file`, and `core` in the main package.
"""

import re
import sys
import zipfile

path, tool, under = sys.argv[1:4]
archive = zipfile.ZipFile(path)
names = [name for name in archive.namelist() if name.startswith(under)]
if tool == "alembic":
    for name in names:
        if not name.endswith(".py"):
            continue
        found = re.search(r"""^revision\s*(?::\s*\w+)?\s*=\s*['"](\w+)""", archive.read(name).decode(), re.M)
        if found:
            print(found[1])
elif tool == "django":
    for name in names:
        found = re.search(r"(\w+?)(/app)?/migrations/(\d\w*)\.py$", name)
        if found:
            label = re.sub(r"^pulp_", "", found[1]) if found[1] != "pulpcore" else "core"
            print(f"{label if found[2] else found[1]} {found[3]}")
elif tool == "prisma":
    for name in names:
        found = re.search(r"/(\w+)/migration\.sql$", name)
        if found:
            print(found[1])
