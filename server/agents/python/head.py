#!/usr/bin/env python3
"""Runs one CGI script, unmodified, or one WSGI application, as a FastCGI application in an interpreter that stays.

  cgi-workbench-agent.py --mode=prefork|persistent|wsgi|handler [options] SCRIPT

Without --listen descriptor 0 must be a listening socket (FastCGI 1.0, section 2.2): spawn-fcgi, lighttpd's bin-path,
systemd and mod_fcgid start an application so. Python 3.8 or later; nothing but the standard library.

  --mode=prefork      a fork for each request: what the script changes ends with it
  --mode=persistent   the script again and again in one process
  --mode=wsgi         the file's callable `application` or `app` (PEP 3333), one request at a time in each process
  --mode=handler      functions of the file, by name: /sum?a=1&b=2 calls sum(req, a, b)
  --listen=ADDRESS    unix:PATH or tcp:HOST:PORT
  --workers=N         processes that share that socket (1)
  --preload=A,B       modules to import before the first request. prefork: besides the installed ones that the script
                      imports at its top, which --preload= leaves to the requests
  --recycle=N         replace a process after N requests (0: never)
  --grow=MIB          replace a process that grew by so much (256; 0: never)
  --spare=N           prefork: forked children that wait for a request (1)
  --children=N        prefork: requests at once in each process (1; with --listen 16)
  --modules=drop|keep persistent: forget modules from the script's folder after each request (drop), or keep them
  --globals=fresh|keep persistent: the script's global variables are new for each request (fresh), or kept
  --detect=FILE       append to FILE, for each request, a line of JSON with what it left behind (not prefork)
  --words=pass|ignore a query without "=" becomes the arguments of the script (pass), or never does
  --error500          answer "Status: 500" when a script fails before it wrote anything
"""
import builtins

# A script may replace `len` or `open`. What is defined below looks names up here, where they stay what they are.
__builtins__ = dict(vars(builtins))
