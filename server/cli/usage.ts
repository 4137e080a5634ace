// What each verb says about itself. stdout is for data: help goes there only when it was asked for.
import { modeNames } from "../contract/modes.js";

export class UsageError extends Error {}

const general = `Usage: cgi-workbench [open] [dir]              the desktop app (or the browser, where there is none)
       cgi-workbench serve [dir] [options]       the script server, and the window in a browser
       cgi-workbench request [dir] TARGET [...]  one request; its response, or its whole trace
       cgi-workbench fcgi ADDRESS TARGET [...]   one request straight to a FastCGI application
       cgi-workbench doctor [DIR | SCRIPT]       what is wrong with a folder's scripts, or with one
       cgi-workbench probe [dir] TARGET          how a script and the gateway take hostile requests
       cgi-workbench VERB --help | --version
`;

const serve = `Usage: cgi-workbench serve [dir] [options]

Serves the scripts of dir (default: here) until SIGINT and prints one line when ready; what goes wrong is told on standard error.

  --port N      port for scripts; 0: any free one. Default: the configured one, else 8080 or the next free one
  --ui-port N   port for the window; default: any free one
  --no-ui       scripts only
  --no-traces   record nothing: for load from elsewhere, and for measuring what tracing costs
  --start HOW   how scripts are started: native, portable, or auto (the default)
  --json        the line is {"scripts": url, "ui": url or null, "pid": n}
`;

const request = `Usage: cgi-workbench request [dir] TARGET [options]

Sends one request through the real server to a script of dir (default: here) and prints the response body.

  -X, --request METHOD   default: GET, or POST with a body
  -H, --header 'N: v'    may be repeated
  -d, --data DATA        request body as it stands; repeated ones are joined with &
      --data-binary V    request body: @FILE, @- for standard input, or the text itself
      --mode MODE        how to run the script: ${modeNames.join(", ")};
                         default: as configured
  -i, --include          print the response's head before its body
      --json             print the whole trace (schema 1) instead

Exit: 0 for a status below 500 without an error finding, 1 otherwise, 2 for wrong use.
`;

const fcgi = `Usage: cgi-workbench fcgi ADDRESS TARGET [options]

Sends one request straight to the FastCGI application at ADDRESS (tcp:HOST:PORT or unix:PATH), without a server in between, and
prints its response as it wrote it: header, empty line, body. What it says on STDERR goes to standard error.

  -X, --request METHOD   default: GET, or POST with a body
  -H, --header 'N: v'    may be repeated
  -d, --data DATA        request body as it stands; repeated ones are joined with &
      --data-binary V    request body: @FILE, @- for standard input, or the text itself
      --param NAME=VALUE a variable for the application, over what the request makes; may be repeated.
                         php-cgi and php-fpm need SCRIPT_FILENAME=/path/of/the/script.php
      --role ROLE        responder (the default) or authorizer
      --timeout SECONDS  give up when nothing came for so long: 60 unless said otherwise; 0: never
      --records          print a line for each record instead, sent and received
      --json             print everything as JSON instead: variables, streams, records, with every byte

Exit: 0 for a status below 500, 1 otherwise or when the application does not serve it, 2 for wrong use.
`;

const doctor = `Usage: cgi-workbench doctor [DIR | SCRIPT] [options]

Looks at every script of DIR (default: here) without running any: permissions, first line, line ends, syntax.
Looks at SCRIPT the same way, then sends it one GET and says what that showed. No server need be running.

      --json   {"folder", "scripts": [{"path", "before": [findings], "unchecked", "request": {"target", "status", "outcome", "findings"} or null}]}

A rule is switched off in cgi-workbench.json: {"doctor": {"off": {"RULE": "the reason why"}}}.

Exit: 0 without an error or a warning (hints do not count), 1 with one, 2 for wrong use.
`;

const probe = `Usage: cgi-workbench probe [dir] TARGET [options]

Sends a library of requests to a script of dir (default: here): odd encodings, slow and cut ones, request smuggling, malformed and
oversized ones. Reports for each whether the gateway served or refused it as it must, and how the script stood it.

      --only IDS   these probes or groups alone, separated by commas; see --list
      --list       print the probes and send nothing
      --json       print the report as JSON: each probe with its requests, their causes and findings

Exit: 0 when the gateway did all it must and the script answered each request below 500 without an error finding, 1 otherwise,
2 for wrong use.
`;

export const usage = { general, serve, request, fcgi, doctor, probe } as const;
