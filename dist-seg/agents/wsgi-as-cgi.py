#!/usr/bin/env python3
# The WSGI application in the file below (PEP 3333), as a CGI script: each request loads it and calls it once.
import importlib.util
import os
import sys
from wsgiref.handlers import CGIHandler

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "legacy.py")

sys.path.insert(0, os.path.dirname(FILE))
spec = importlib.util.spec_from_file_location("application_file", FILE)
module = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = module
spec.loader.exec_module(module)
CGIHandler().run(getattr(module, "application", None) or module.app)
