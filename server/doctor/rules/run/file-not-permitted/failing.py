#!/usr/bin/env python3
raise PermissionError(13, "Permission denied", "/srv/data.db")  # what open() says when the server runs as another user
