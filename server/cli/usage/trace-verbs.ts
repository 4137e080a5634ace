// The help of the verbs for stored traces.
export const traces = `Usage: cgi-workbench traces [DIR [QUERY]] [options]

Searches the traces that were stored for DIR (default: the current folder), and
prints them, the newest first. QUERY is one argument, and may begin with a
minus. Without it all are found.

  word, "some words"       in the target, method, status, path of the file,
                           headers, variables, stderr or bodies
  status:404  status:5xx   also status:>=400, status:none
  method:POST  mode:cgi
  path:TEXT  script:TEXT   in the target; in the path of the script
  took:>100ms  size:>10k   with < <= > >=; of the response body, in bytes, k, m
                           or g
  header:Name=value        in that header of the request or response;
                           header:Name: the header is present
  env:NAME=value           in that variable of the script
  stderr:TEXT  body:TEXT   in stderr (its first 4 KiB); in the request body or
                           response body, byte for byte
  finding:RULE             a rule of the doctor, or its beginning; *: any
  version:HASH             the script as it was: the beginning of its SHA-256
  pinned:yes  tag:TAG      also pinned:no; tag:*: any tag
  name:TEXT  note:TEXT     in the name, in the note of the trace
  session:ID               the run of the server that recorded it
  after:T  before:T        2026-01-31, 2026-01-31T14:30 (local time, or with Z
                           or an offset), today, yesterday, 15m, 2h, 3d (ago);
                           save: the last save of a script
  -term                    excludes it
  term OR term             one of them; all others must hold together

  --limit N    print at most N; default: 50
  --json       print {"total", "tookMs", "rows"} instead
  --har FILE   write what was found as HAR 1.2, the oldest first, to a file that
               only you can read; -: standard output. All of them, unless there
               is a --limit. Values of headers, variables and fields with a
               secret's name are masked
  --secrets    keep those values in the HAR file
  --hide NAME  mask the values of this header or variable there, too; may be
               repeated

Exit code: 0, 1 if the store or the file fails, 2 for wrong use, 130 after
Ctrl+C while the file is written.
`;

export const trace = `Usage: cgi-workbench trace DIR ID --json | --as FORM

Prints a stored trace of DIR. “cgi-workbench traces” lists the ids.

  --json       as JSON, schema 1, with every byte that was kept
  --as FORM    the request as a command for cURL (curl), as its bytes (http), or
               as an env -i command that starts the script (env); the whole
               trace in Markdown (markdown), or as a page for any browser (html)
  --secrets    with --as: keep the values of headers, variables and fields with
               a secret's name, which it masks
  --hide NAME  with --as: mask the values of this header or variable, too; may
               be repeated

Exit code: 0, 1 if the store cannot be read or the trace has no such form, 2 if
there is no such trace.
`;

export const replay = `Usage: cgi-workbench replay DIR ID [options]

Sends the request of a stored trace of DIR again, byte for byte, to the script
as it is now, and compares status, headers (but Date) and body of the two
responses. Says what differs, with the first byte.

  --version V    the version of the script: now, the default; then: as it was
                 when the trace was recorded; both: one after the other, and
                 compared. An earlier version runs as CGI
  --config FILE  a configuration in place of DIR's own
  --no-store     do not store the new trace; --store stores it, whatever the
                 folder's settings say
  --json         print the result as JSON

Exit code: 0 if the responses are the same (with both: those of the versions),
1 if they differ, if the request cannot be sent again or if neither version ran,
2 for wrong use, 130 after Ctrl+C.
`;

export const capsule = `Usage: cgi-workbench capsule DIR ID [options]

Writes a stored trace of DIR as a capsule: one sh script (POSIX, coreutils) that
starts the script as the gateway did, with the same environment, arguments,
directory and stdin, and compares stdout and exit code with the recorded ones.
Everything is in the file, secrets too; their names are printed before it is
written. “cgi-workbench import” makes a trace of it again.

  -o, --output FILE  a file that only you can read; default: standard output
      --mask         replace the values of headers, variables and fields with a
                     secret's name, wherever they are in the trace; the outputs
                     are not comparable then
      --hide NAME    this header or variable is a secret, too; may be repeated

Exit code: 0, 1 if the trace cannot be run again or the file cannot be written,
2 if there is no such trace.
`;

export const importUsage = `Usage: cgi-workbench import DIR FILE

Stores the traces of FILE for DIR, pinned, and prints their ids. FILE is a
capsule, a HAR file, or the JSON of a trace.

FILE may also be a collection of requests: Postman (v2.1, and its environments),
Insomnia (v4 JSON, v5 YAML), a .bru file or the folder of a Bruno collection. It
becomes a new .http file in DIR, for “cgi-workbench test” and the window; its
environments go into http-client.env.json, secrets into
http-client.private.env.json. Prints the files. Comments in them say what was
left out.

No part of FILE is run. No file of DIR is replaced; new values are added to its
environment files.

Exit code: 0, 1 if the file cannot be imported, 2 for wrong use.
`;
