// The help of the verbs that send requests.
import { requestModes } from "../../contract/modes.js";

export const request = `Usage: cgi-workbench request [DIR] TARGET [options]

Sends one request through the real server to a script of DIR (default: the
current folder) and prints the response body. Ctrl+C stops the script.

  -X, --request METHOD  default: GET, or POST with a body
  -H, --header 'N: v'   may be repeated
  -d, --data DATA       request body, unchanged; several are joined with &
      --data-binary V   request body: @FILE, @- for standard input, or the text
                        itself
      --mode MODE       how to run the script; default: as configured. One of
                        ${requestModes.slice(0, 5).join(", ")},
                        ${requestModes.slice(5).join(", ")}
      --config FILE     a configuration in place of DIR's own
      --no-store        do not write the trace to disk; --store writes it,
                        whatever the folder's settings say
      --no-traces       record nothing: no trace, no findings
  -i, --include         print the status line and headers before the body
      --json            print the whole trace (schema 1) instead
      --touched         list what the script opened, started and connected to,
                        on standard error; needs strace (Linux) and mode cgi

Exit code: 0 for a status below 500 without an error finding, 1 otherwise,
2 for wrong use, 130 after Ctrl+C.
`;

export const servers = `Usage: cgi-workbench servers [DIR] TARGET [options]

Sends one request through the real server to a script of DIR (default: the
current folder), and prints what eleven other servers would do with the same
request and the same output: the status, the body's length, why, and what the
log says. They are predicted, and need not be installed: Apache, lighttpd,
nginx, Caddy and HAProxy with fcgiwrap, Go's net/http/cgi, Python's http.server,
BusyBox httpd, h2o, uWSGI and uhttpd.

With --real, each server that is installed here is started with a generated
configuration, gets the same request, and ends with its response: the script
runs once more for each. Other users cannot reach it.

  -X, --request METHOD  default: GET, or POST with a body
  -H, --header 'N: v'   may be repeated
  -d, --data DATA       request body, unchanged; several are joined with &
      --data-binary V   request body: @FILE, @- for standard input, or the text
                        itself
      --config FILE     a configuration in place of DIR's own
      --no-store        do not write the trace to disk; --store writes it,
                        whatever the folder's settings say
      --real            ask the servers that are installed here
      --json            print status, headers, body, log and environment of each
                        as JSON

Exit code: 0, 2 for wrong use, 130 after Ctrl+C.
`;

export const test = `Usage: cgi-workbench test [DIR [FILE...]] [options]

Sends the requests of FILE, or of all .http files of DIR (default: the current
folder) in the order of their names, through the real server, one after the
other, and checks what they assert in comments. A request without an assertion
passes with a status below 500.

  # @assert status == 200                  also != < <= > >=, and 2xx
  # @assert field Content-Type contains text/html
  # @assert body matches /total: \\d+/      also == != contains lacks exists
                                           missing empty
  # @assert env PATH_INFO == /x            as the script saw it
  # @assert stderr empty
  # @assert took < 200ms
  # @assert no finding above hint
  # @capture token = body matches /t=(\\w+)/
                                           {{token}} in the requests after it;
                                           also field NAME, cookie NAME

  --env NAME     the environment of http-client.env.json;
                 http-client.private.env.json has its secrets
  --config FILE  a configuration in place of DIR's own
  --junit FILE   write a report in JUnit's XML, too
  --tap          print TAP 14 instead
  --json         print the report as JSON instead
  --no-store     do not write the traces to disk; --store writes them, whatever
                 the folder's settings say

Exit code: 0 when every request passed, 1 when one failed or the report could
not be written, 2 if nothing could be run: a mistake in a file or in the
configuration, an unknown environment, a folder too large to be searched, wrong
use; 130 after Ctrl+C.
`;

export const dap = `Usage: cgi-workbench dap [options]

Speaks the Debug Adapter Protocol on standard input and output: an editor
steps through the Python, Perl, Ruby, Node, PHP or bash script, or the C
or C++ program, that runs for one request.

  launch {"folder", "target", "method"?, "headers"?, "body"?, "mode"?,
          "stopOnEntry"?, "stopAtByte"?}
                 sends the request; the event cgiResponse has its response
  attach {"folder", "next": "any", {"path"} or {"cookie"},
          "stopOnEntry"?, "stopAtByte"?}
                 waits for a request of a client's

  --config FILE  a configuration in place of the folder's own

Exit code: 0, 2 for wrong use, 130 after Ctrl+C.
`;

export const tryUsage = `Usage: cgi-workbench try [DIR] TARGET --vary PLACE=VALUES [options]

Sends one request to a script of DIR (default: the current folder) with many
values, one after the other, and prints a row for each: value, status, size,
time, and what differs from the first row. A row that is not what it should be
says why, and names the first byte that differs.

  PLACE          query.NAME, field.NAME of a form, cookie.NAME, header.NAME,
                 path (behind the script's), method, body, or request
  VALUES         a,b,c or list:a,b,c    typed
                 @FILE                  its lines
                 1..20                  numbers
                 lengths:1..1000000     texts as long as buffers are, or longer
                 injection:x            shell, HTML, SQL, path, header, option
                 encodings:TEXT         the text in several charsets, or cut
                 spellings:TEXT         the same text, percent-encoded otherwise
                 line-ends:TEXT         LF, CR LF, CR
                 characters:TEXT        special ones at every position
                 fields:x               left out, empty, twice, a list
                 odd-numbers            -1, 1e3, 2^31, no number
                 times:20               for request: as it is, so many times
                 probes:IDS             for request: as the verb probe does

  -X, -H, -d, --data-binary   the request, as for “request”
  --vary PLACE=VALUES  may be repeated: the first values together, then the
                 second ones
  --each         each value with each of the others instead
  --expect LIST  what each response must be, in place of what fits the values:
                 no-5xx, no-finding, escaped, comes-back, same
  --rate N       at most N requests a second
  --yes          send methods other than GET and HEAD
  --config FILE  a configuration in place of DIR's own
  --json         print the report as JSON

Exit code: 0 when every response is what it should be, 1 otherwise, 2 for wrong
use or a mistake in the configuration, 130 after Ctrl+C.
`;

export const probe = `Usage: cgi-workbench probe [DIR] TARGET [options]

The short form of try with --vary request=probes --yes. Sends a library of
requests to a script of DIR (default: the current folder): odd encodings, slow
and cut requests, injected commands, request smuggling, malformed and oversized
requests. A row for each says what the gateway or the script did wrong.

  --config FILE  a configuration in place of DIR's own
  -d, --data DATA  a form: the injected commands are posted in its fields, too
  --only IDS     send these probes or groups alone, separated by commas;
                 see --list
  --list         print the probes and send nothing
  --json         print the report as JSON, as try does

Exit code: 0 when the gateway handled every request correctly and the script
answered each below 500 without an error finding, 1 otherwise, 2 for wrong use
or a mistake in the configuration, 130 after Ctrl+C.
`;

export const fcgi = `Usage: cgi-workbench fcgi ADDRESS TARGET [options]

Sends one request straight to the FastCGI application at ADDRESS (tcp:HOST:PORT
or unix:PATH), without a server in between, and prints its response unchanged:
headers, blank line, body. Its STDERR goes to standard error.

  -X, --request METHOD    default: GET, or POST with a body
  -H, --header 'N: v'     may be repeated
  -d, --data DATA         request body, unchanged; several are joined with &
      --data-binary V     request body: @FILE, @- for standard input, or the
                          text itself
      --param NAME=VALUE  a variable for the application; overrides those of the
                          request; may be repeated. php-cgi and php-fpm need
                          SCRIPT_FILENAME=/path/of/the/script.php
      --role ROLE         responder (the default) or authorizer
      --timeout SECONDS   stop after so long without output; default: 60;
                          0: never
      --records           print one line for each record, sent and received,
                          instead
      --json              print variables, streams and records as JSON instead,
                          with every byte

Exit code: 0 for a status below 500, 1 otherwise or if the application does not
respond, 2 for wrong use.
`;
