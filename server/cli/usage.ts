// The help of each verb. stdout is for data, so help goes there only with --help.
import { agentLanguages, isRunByAgent, modeNames } from "../contract/modes.js";

export class UsageError extends Error {}

const general = `Usage: cgi-workbench [open] [dir]              opens the desktop app, or a browser if it is missing
       cgi-workbench serve [dir] [options]       serves the scripts, and the window for a browser
       cgi-workbench link [dir]                  prints another address for the window of a running server
       cgi-workbench untrust [dir]               ends the trust in a folder
       cgi-workbench request [dir] TARGET [...]  sends a request; prints its response or its trace
       cgi-workbench test DIR [FILE...] [...]    sends the requests of .http files and checks what they assert
       cgi-workbench traces [DIR [QUERY]]        searches the stored traces of a folder
       cgi-workbench trace DIR ID --json         prints a stored trace, or --as curl, http, env, markdown, html
       cgi-workbench replay DIR ID               sends a stored request again and compares the responses
       cgi-workbench capsule DIR ID [-o FILE]    writes a stored trace as an sh script that runs it again
       cgi-workbench import DIR FILE             takes in a capsule, a HAR file, or a collection of requests
       cgi-workbench fcgi ADDRESS TARGET [...]   sends a request straight to a FastCGI application
       cgi-workbench doctor [DIR | SCRIPT]       checks a folder's scripts, or one script
       cgi-workbench probe [dir] TARGET          sends hostile and odd requests to a script
       cgi-workbench bench DIR TARGET [...]      measures a script in the modes that can run it
       cgi-workbench leaks DIR TARGET... [...]   finds what a script leaves behind for its next request
       cgi-workbench startup DIR TARGET [...]    shows where the time of a cold start goes
       cgi-workbench agent python|perl|ruby      prints the program behind prefork, persistent, wsgi and others
       cgi-workbench wrap FILE [--cgi]           prints a CGI script as an application, or the other way round
       cgi-workbench VERB --help | --version
`;

const serve = `Usage: cgi-workbench serve [dir] [options]

Serves the scripts of dir (default: the current folder) until SIGINT. Prints one line when it is ready, and logs to standard
error. The window's address opens it once, on a terminal within a minute. “cgi-workbench link” prints another one.

  --config FILE a configuration in place of dir's own; relative paths in it are relative to dir
  --port N      port for scripts; 0: any free port. Default: the configured port, else 8080 or the next free one
  --host ADDR   address to listen on, which may be open to other machines; default: this machine alone, unless you
                trusted the folder with its own "host"
  --ui-port N   port for the window; default: any free port
  --no-ui       scripts only
  --access-log FILE  append a line for each request, in Apache's combined format
  --error-log FILE   append what scripts write to stderr, and why requests failed, as Apache does
  --no-store    keep traces in memory only; --store writes them to disk; without either the folder's settings in the
                window decide, which write them until you turn that off
  --no-traces   record nothing: for load tests, and to measure the cost of tracing
  --start HOW   how scripts are started: native, portable, or auto (the default)
  --json        print the line as {"scripts": url, "ui": url or null, "pid": n}
`;

const link = `Usage: cgi-workbench link [dir]

Prints an address that opens the window of the server that has dir (default: the current folder) open. It is good once, within a
minute.

Exit code: 0, 1 if no running server has dir open, 2 for wrong use.
`;

const untrust = `Usage: cgi-workbench untrust [dir]

Ends the trust in dir (default: the current folder): until you trust it again, the settings of its configuration that need trust
have no effect. A server that has dir open goes on as it is.

Exit code: 0, also if dir was not trusted; 1 if what you trust cannot be changed; 2 for wrong use.
`;

const request = `Usage: cgi-workbench request [dir] TARGET [options]

Sends one request through the real server to a script of dir (default: the current folder) and prints the response body.

  -X, --request METHOD   default: GET, or POST with a body
  -H, --header 'N: v'    may be repeated
  -d, --data DATA        request body, unchanged; several are joined with &
      --data-binary V    request body: @FILE, @- for standard input, or the text itself
      --mode MODE        how to run the script: ${modeNames.join(", ")};
                         default: as configured
      --config FILE      a configuration in place of dir's own
      --no-store         do not write the trace to disk; --store writes it, whatever the folder's settings say
      --no-traces        record nothing: no trace, no findings
  -i, --include          print the status line and headers before the body
      --json             print the whole trace (schema 1) instead

Exit code: 0 for a status below 500 without an error finding, 1 otherwise, 2 for wrong use.
`;

const test = `Usage: cgi-workbench test DIR [FILE...] [options]

Sends the requests of FILE, or of all .http files of DIR in the order of their names, through the real server, one after the
other, and checks what they assert in comments. A request without an assertion passes with a status below 500.

  # @assert status == 200                        also != < <= > >=, and 2xx
  # @assert field Content-Type contains text/html
  # @assert body matches /total: \\d+/            also == != contains lacks exists missing empty
  # @assert env PATH_INFO == /x                  as the script saw it
  # @assert stderr empty
  # @assert took < 200ms
  # @assert no finding above hint
  # @capture token = body matches /token=(\\w+)/  {{token}} in the requests after it; also field NAME, cookie NAME

      --env NAME    the environment of http-client.env.json; http-client.private.env.json has its secrets
      --config FILE a configuration in place of DIR's own
      --junit FILE  write a report in JUnit's XML, too
      --tap         print TAP 14 instead
      --json        print the report as JSON instead
      --no-store    do not write the traces to disk; --store writes them, whatever the folder's settings say

Exit code: 0 when every request passed, 1 when one failed, 2 if nothing could be run: a mistake in a file, an unknown
environment, wrong use; 130 after Ctrl+C.
`;

const traces = `Usage: cgi-workbench traces [DIR [QUERY]] [--limit N] [--json | --har FILE]

Searches the traces that the window, "serve" and "request" stored for DIR (default: the current folder), and prints them,
the newest first. QUERY is one argument, and may begin with a minus. Without it all are found.

  word, "some words"       in the target, headers, variables, stderr or bodies
  status:404  status:5xx  status:>=400  status:none
  method:POST  mode:cgi
  path:TEXT  script:TEXT   in the target; in the path of the script
  took:>100ms  size:>10k   with < <= > >=; of the response body, in bytes, k, m or g
  header:Name=value        in that header of the request or response; header:Name: it is there
  env:NAME=value           in that variable of the script
  stderr:TEXT  body:TEXT   in stderr (its first 4 KiB); in the request body or response body, byte for byte
  finding:RULE             a rule of the doctor, or its beginning; finding:*: any
  version:HASH             the script as it was: the beginning of its SHA-256
  pinned:yes  tag:TAG      also pinned:no; tag:*: any tag
  name:TEXT  note:TEXT     in the name, in the note of the trace
  session:ID               the run of the server that recorded it
  after:T  before:T        2026-01-31, 2026-01-31T14:30, today, yesterday, 15m, 2h, 3d (ago); save: the last save of a script
  -term                    not so
  term OR term             one of them; all others must hold together

  --limit N  prints at most N; default: 50
  --json     prints {"total", "tookMs", "rows"} instead
  --har FILE writes what was found as HAR 1.2, the oldest first, to a file that only you can read; -: standard output. All of
             them, unless there is a --limit. The values of Authorization, Proxy-Authorization, Cookie and Set-Cookie are masked;
             --secrets keeps them, --hide NAME masks a further header or variable

Exit code: 0, 1 if the store cannot be read, 2 for wrong use.
`;

const trace = `Usage: cgi-workbench trace DIR ID --json | --as FORM

Prints a stored trace of DIR. "cgi-workbench traces" lists the ids.

  --json       as JSON, schema 1, with every byte that was kept
  --as FORM    the request as a command for cURL (curl), as its bytes (http), or as an env -i command that starts the script (env);
               the whole trace in Markdown (markdown), or as a page for any browser (html)
  --secrets    keep the values of Authorization, Proxy-Authorization, Cookie and Set-Cookie, which --as masks
  --hide NAME  mask the values of this header or variable, too; may be repeated

Exit code: 0, 1 if the store cannot be read or the trace has no such form, 2 if there is no such trace.
`;

const replay = `Usage: cgi-workbench replay DIR ID [--version now|then|both] [--json]

Sends the request of a stored trace of DIR again, byte for byte, to the script as it is now, and compares status, headers (but
Date) and body of the two responses. Says what differs, with the first byte.

  --version V    the version of the script: now, the default; then: as it was when the trace was recorded; both: one after the
                 other, and compared. An earlier version runs as CGI
  --config FILE  a configuration in place of DIR's own
  --no-store     do not store the new trace; --store stores it, whatever the folder's settings say
  --json         print the result as JSON

Exit code: 0 if the responses are the same (with both: those of the versions), 1 if they differ or the request cannot be sent
again, 2 for wrong use.
`;

const capsule = `Usage: cgi-workbench capsule DIR ID [-o FILE] [--mask]

Writes a stored trace of DIR as a capsule: one sh script (POSIX, coreutils) that starts the script as the gateway did, with the
same environment, arguments, directory and stdin, and compares stdout and exit code with the recorded ones. Everything is in the
file, secrets too; their names are printed before it is written. "cgi-workbench import" makes a trace of it again.

  -o, --output FILE  a file that only you can read; default: standard output
      --mask         replace the values of Authorization, Proxy-Authorization, Cookie and Set-Cookie, wherever they are in the trace;
                     the outputs are not comparable then
      --hide NAME    this header or variable is a secret, too; may be repeated

Exit code: 0, 1 if the trace cannot be run again or the file not be written, 2 if there is no such trace.
`;

const importUsage = `Usage: cgi-workbench import DIR FILE

Stores the traces of FILE for DIR, pinned, and prints their ids. FILE is a capsule, a HAR file, or what "trace --json" prints.

FILE may also be a collection of requests: Postman (v2.1, and its environments), Insomnia (v4 JSON, v5 YAML), a .bru file or the
folder of a Bruno collection. It becomes a new .http file in DIR, for "cgi-workbench test" and the window; its environments go
into http-client.env.json, secrets into http-client.private.env.json. Prints the files. Comments in them say what was left out.

No part of FILE is run, and no file of DIR is replaced.

Exit code: 0, 1 if the file cannot be imported, 2 for wrong use.
`;

const fcgi = `Usage: cgi-workbench fcgi ADDRESS TARGET [options]

Sends one request straight to the FastCGI application at ADDRESS (tcp:HOST:PORT or unix:PATH), without a server in between, and
prints its response unchanged: headers, blank line, body. Its STDERR goes to standard error.

  -X, --request METHOD   default: GET, or POST with a body
  -H, --header 'N: v'    may be repeated
  -d, --data DATA        request body, unchanged; several are joined with &
      --data-binary V    request body: @FILE, @- for standard input, or the text itself
      --param NAME=VALUE a variable for the application; overrides those of the request; may be repeated.
                         php-cgi and php-fpm need SCRIPT_FILENAME=/path/of/the/script.php
      --role ROLE        responder (the default) or authorizer
      --timeout SECONDS  stop after so long without output; default: 60; 0: never
      --records          print one line for each record, sent and received, instead
      --json             print variables, streams and records as JSON instead, with every byte

Exit code: 0 for a status below 500, 1 otherwise or if the application does not respond, 2 for wrong use.
`;

const doctor = `Usage: cgi-workbench doctor [DIR | SCRIPT] [options]

Checks every script of DIR (default: the current folder) without running it: permissions, first line, line endings, syntax.
Checks SCRIPT in the same way, then sends it one GET and reports the findings, if the folder is trusted. Needs no running
server.

      --trust  run SCRIPT, and use the interpreters that the folder's configuration names. Needed unless you have trusted the
               folder in the window
      --config FILE  a configuration in place of the folder's own
      --json   {"folder", "scripts": [{"path", "before": [findings], "unchecked", "uncheckedWhy", "request": {"target", "status", "outcome", "findings"} or null}]}

To switch a rule off, give a reason in cgi-workbench.json: {"doctor": {"off": {"RULE": "the reason"}}}.

Exit code: 0 without an error or a warning (hints do not count), 1 with one, 2 for wrong use.
`;

const probe = `Usage: cgi-workbench probe [dir] TARGET [options]

Sends a library of requests to a script of dir (default: the current folder): odd encodings, slow and cut requests, request
smuggling, malformed and oversized requests. Reports for each whether the gateway served or refused it correctly, and whether the
script passed.

      --config FILE  a configuration in place of dir's own
      --only IDS   send these probes or groups alone, separated by commas; see --list
      --list       print the probes and send nothing
      --json       print the report as JSON: each probe with its requests, their causes and findings

Exit code: 0 when the gateway handled every request correctly and the script answered each below 500 without an error finding,
1 otherwise, 2 for wrong use.
`;

const bench = `Usage: cgi-workbench bench DIR TARGET [options]

Sends GET requests for TARGET to the script in each mode that can run it, in rounds that alternate, and prints a table: requests a
second (median and range of the rounds), response times in ms, errors, processor time and memory of a request, the part of its time
that its start takes. Says which mode to choose, and whether the difference is real. The load comes from a process of its own.

      --config FILE      a configuration in place of DIR's own
      --against TARGET2  measures another script, or another target, beside TARGET, in the modes that can run both
      --modes A,B        these modes alone, of ${modeNames.join(", ")}
      --connections N    default: 1
      --rate N           requests are due N times a second in all; the time of each counts from when it was due.
                         Default: each connection sends its next request after a response
      --seconds N        for each mode, in all rounds together; default: 6
      --rounds N         default: 3
      --json             print the report as JSON
      --csv              print the table as comma-separated values
      --markdown         print the table in Markdown

Exit code: 0, 1 with an error in any mode, 2 for wrong use, 130 after Ctrl+C.
`;

const leaks = `Usage: cgi-workbench leaks DIR TARGET... [options]

Sends the same requests as CGI and in a mode that keeps processes: cold, warm, and in another order. What is an application, and no
script, is compared with a process that has served nothing before. Compares the outputs byte by byte, and the state of the process before and after each request: attributes of modules, open files, threads, memory, the
environment, the working directory, signals and more. Names each change that the next request finds, its line if it is known, and what
to do. Each target is requested about a dozen times.

      --config FILE      a configuration in place of DIR's own
      --mode MODE        ${modeNames.filter(isRunByAgent).join(", ")}; default: an application's own, else persistent
      --keep             as if "modules" and "globals" were "keep" in the configuration
  -X, --request METHOD   default: GET, or POST with a body
  -H, --header 'N: v'    may be repeated
  -d, --data DATA        request body, unchanged; several are joined with &
      --data-binary V    request body: @FILE, @- for standard input, or the text itself
      --json             print the report as JSON

Exit code: 0 when nothing leaks and every output is CGI's, 1 otherwise, 2 for wrong use, 130 after Ctrl+C.
`;

const startup = `Usage: cgi-workbench startup DIR TARGET [options]

Shows where the time of a cold start goes: the interpreter, each module that the script imports, the script itself. Says which
modules are worth preloading or importing late. Sends a few GET requests for TARGET as CGI. Python and Perl.

      --config FILE      a configuration in place of DIR's own
      --json             print the report as JSON

Exit code: 0, 1 if the script's cold start cannot be measured, 2 for wrong use, 130 after Ctrl+C.
`;

const agent = `Usage: cgi-workbench agent ${agentLanguages.join("|")}

Prints the agent of the language: one file that runs an unmodified CGI script (modes prefork and persistent), an application
(modes wsgi, psgi and rack), or the functions of a file (mode handler), behind any server that speaks FastCGI. Its own first lines describe its options.
`;

const wrap = `Usage: cgi-workbench wrap FILE [--cgi] [-o OUTPUT]

Prints a file that runs the unmodified CGI script FILE as an application: WSGI (Python), PSGI (Perl) or Rack (Ruby). Any
server of such applications takes it: gunicorn, uwsgi, plackup, Starman, Puma, or the modes wsgi, psgi and rack. It lies beside FILE
and is yours to edit.

      --cgi            the other way round: FILE is an application, and what is printed is a CGI script that calls it
  -o, --output OUTPUT  write it to OUTPUT, a new file, which finds FILE from there
`;

export const usage = {
  general,
  serve,
  link,
  untrust,
  request,
  test,
  traces,
  trace,
  replay,
  capsule,
  import: importUsage,
  fcgi,
  doctor,
  probe,
  bench,
  leaks,
  startup,
  agent,
  wrap,
} as const;
