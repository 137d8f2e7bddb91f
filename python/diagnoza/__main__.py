"""`python -m diagnoza` is the command line."""

import sys

from diagnoza.cli import main

sys.exit(main())
