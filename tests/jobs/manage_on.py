"""`manage.py` on another database of the same server, whose name comes before the command."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    execute_from_command_line(["manage.py", *sys.argv[2:]])
