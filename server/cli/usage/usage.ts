// The help of the command line. stdout is for data, so help goes there only when it was asked for.
import { adopt, deploy } from "./deploy-verb.js";
import { doctor, link, mcp, open, serve, untrust } from "./folder-verbs.js";
import { lesson } from "./lesson-verbs.js";
import { agent, bench, leaks, startup, wrap } from "./mode-verbs.js";
import { dap, fcgi, probe, request, servers, test, tryUsage } from "./request-verbs.js";
import { capsule, importUsage, replay, trace, traces } from "./trace-verbs.js";

/** Wrong use of the command line: exit code 2. */
export class UsageError extends Error {}

export const generalUsage = `Usage: cgi-workbench VERB [arguments]
       cgi-workbench [DIR]

A folder
  open [DIR]               opens the desktop app, or a browser if it is missing
  serve [DIR]              serves the scripts, and the window for a browser
  link [DIR]               prints another address for a running server's window
  mcp [DIR]                shows an assistant traces, or scripts as tools
  doctor [DIR | SCRIPT]    checks a folder's scripts, or one script
  untrust [DIR]            ends the trust in a folder

Requests
  request [DIR] TARGET     sends a request; prints its response or its trace
  servers [DIR] TARGET     shows what other servers would do with a request
  test [DIR [FILE...]]     sends the requests of .http files, checks what they
                           assert
  dap                      steps through a request's script, for an editor
  try [DIR] TARGET         sends a request with many values; a row for each
  probe [DIR] TARGET       sends hostile and odd requests to a script
  fcgi ADDRESS TARGET      sends a request straight to a FastCGI application

Stored traces
  traces [DIR [QUERY]]     searches the stored traces of a folder
  trace DIR ID             prints one, as JSON or in another form
  replay DIR ID            sends its request again and compares the responses
  capsule DIR ID           writes it as an sh script that runs it again
  import DIR FILE          takes in a capsule, a HAR file, or a collection of
                           requests

Faster than CGI
  bench [DIR] TARGET       measures a script in the modes that can run it
  leaks DIR TARGET...      finds what a script leaves for its next request
  startup [DIR] TARGET     shows where the time of a cold start goes
  wrap FILE                prints a CGI script as an application, or the other
                           way round
  agent LANGUAGE           prints the program behind prefork, persistent, wsgi
                           and others

Another server
  deploy [DIR | SCRIPT]    writes a kit: configuration, scripts, a check
  adopt FILE | DIR         makes a configuration of another server’s, and
                           reports what became of each line

The course
  lesson VERB              lists, starts and checks lessons, and verifies
                           lessons of your own

“cgi-workbench VERB --help” describes a verb, --version prints the version.
`;

/** The help of each verb. Lines fit a terminal of 80 columns. */
export const usage = {
  open,
  serve,
  link,
  mcp,
  doctor,
  untrust,
  request,
  servers,
  test,
  dap,
  try: tryUsage,
  probe,
  fcgi,
  traces,
  trace,
  replay,
  capsule,
  import: importUsage,
  bench,
  leaks,
  startup,
  wrap,
  agent,
  deploy,
  adopt,
  lesson,
} as const;

export type Verb = keyof typeof usage;
