"""The application for a production server: `gunicorn --worker-class gthread wsgi:app`, `waitress-serve wsgi:app`."""

import os
import sys

from app.application import create_app
from app.cli.long_running import settle
from config import WrongSettingError, settings_from

try:
    app = create_app(settings_from(os.environ))
except WrongSettingError as wrong:
    sys.exit(f"Ober does not start: {wrong}")
settle()
