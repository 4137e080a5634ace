// The help of the verbs that open, serve and check a folder.
export const open = `Usage: cgi-workbench [open] [DIR]

Opens the desktop app, with the folder DIR. Without DIR, its first page lists
the folders that were open before. Where the app is missing or cannot run, it
says why and serves the same window for a browser.

Exit code: 0, 1 if neither can be opened, 2 for wrong use.
`;

export const serve = `Usage: cgi-workbench serve [DIR] [options]

Serves the scripts of DIR (default: the current folder), and the window for a
browser, until Ctrl+C. Prints one line when it is ready, and logs to standard
error. The window's address opens it once, on a terminal within a minute.
“cgi-workbench link” prints another one.

  --config FILE      a configuration in place of DIR's own; relative paths in it
                     are relative to DIR
  --port N           port for scripts; 0: any free port. Default: the configured
                     port, else 8080 or the next free one
  --host ADDR        address to listen on, which may be open to other machines;
                     default: this machine alone, unless you trusted the folder
                     with its own "host"
  --ui-port N        port for the window; default: any free port
  --no-ui            scripts only
  --access-log FILE  append a line for each request, in Apache's combined format
  --error-log FILE   append what scripts write to stderr, and why requests
                     failed, as Apache does
  --no-store         keep traces in memory only; --store writes them to disk.
                     Default: as the folder's settings in the window say, which
                     write them until you turn that off
  --no-traces        record nothing: for load tests, and to measure the cost of
                     tracing
  --start HOW        how scripts are started: native, portable, or auto (the
                     default)
  --json             print the line as {"scripts": url, "ui": url or null,
                     "pid": n}

Exit code: 0 after Ctrl+C, 1 if it cannot serve or was ended before it was
ready, 2 for wrong use.
`;

export const link = `Usage: cgi-workbench link [DIR]

Prints an address that opens the window of the server that has DIR (default: the
current folder) open. It works once, within a minute.

Exit code: 0, 1 if no running server has DIR open or none can be asked, 2 for
wrong use.
`;

export const mcp = `Usage: cgi-workbench mcp [DIR] [options]

Speaks MCP, revisions 2026-07-28 and 2025-11-25, on standard input and output:
an assistant reads what the scripts of DIR (default: the current folder) got and
wrote, sends requests, and asks the doctor. It joins the server that has DIR
open; without one it starts its own. It runs scripts only if you have trusted
DIR, edits no file, and sees no secret that an export would mask.

  --tools        in place of that, each script with a description beside it
                 (NAME.tool.json, or a comment block) is a tool
  --config FILE  a configuration in place of the folder's own; no server is
                 joined

Exit code: 0, 1 if DIR cannot be served, 2 for wrong use, 130 after Ctrl+C.
`;

export const untrust = `Usage: cgi-workbench untrust [DIR]

Ends the trust in DIR (default: the current folder): until you trust it again,
the settings of its configuration that need trust have no effect. A server that
has DIR open is not affected.

Exit code: 0, also if DIR was not trusted; 1 if what you trust cannot be
changed; 2 for wrong use.
`;

export const doctor = `Usage: cgi-workbench doctor [DIR | SCRIPT] [options]

Checks every script of DIR (default: the current folder) without running it:
permissions, first line, line endings, syntax. Checks SCRIPT in the same way,
then sends it one GET and reports the findings, if the folder is trusted. Needs
no running server. SCRIPT belongs to the nearest folder above it that has a
cgi-workbench.json or that you trusted, else to the one with cgi-bin, else to
its own.

  --trust        run SCRIPT, and use the interpreters that the folder's
                 configuration names. Needed unless you have trusted the folder
                 in the window
  --config FILE  a configuration in place of the folder's own
  --json         print the report as JSON

To switch a rule off, give a reason in cgi-workbench.json:
{"doctor": {"off": {"RULE": "the reason"}}}.

Exit code: 0 without an error or a warning (hints do not count); 1 with one, if
the configuration has a mistake, if the system refuses to read a file, or if
SCRIPT was not run because its folder is not trusted; 2 for wrong use; 130 after
Ctrl+C.
`;
