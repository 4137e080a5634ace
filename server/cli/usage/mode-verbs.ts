// The help of the verbs that compare the modes of a script and prepare the move to another one.
import { agentLanguages, isRunByAgent, modeNames, requestModes } from "../../contract/modes.js";

export const bench = `Usage: cgi-workbench bench [DIR] TARGET [options]

Sends GET requests for TARGET to the script in each mode that can run it, in
rounds that alternate, and prints a table: requests per second (median and range
of the rounds), response times in ms and errors; for each request its processor
time, its memory, and the share of its time that its start takes. Says which
mode to choose, and whether the difference is real. A separate process sends the
requests.

  --config FILE      a configuration in place of DIR's own
  --against TARGET2  measure another script, or another target, beside TARGET,
                     in the modes that can run both; if none can, each in its
                     own modes
  --modes A,B        these modes alone, of
                     ${requestModes.slice(0, 5).join(", ")},
                     ${requestModes.slice(5).join(", ")}
  --connections N    default: 1
  --rate N           send N requests per second in all, and count the time of
                     each from when it was due. Default: each connection sends
                     its next request after a response
  --seconds N        time for each mode, in all rounds together, from 0.1 on;
                     default: 6
  --rounds N         default: 5; fewer prove no difference
  --json             print the report as JSON
  --csv              print the table as comma-separated values
  --markdown         print the table in Markdown

Exit code: 0, 1 with an error in any mode, 2 for wrong use or a mistake in the
configuration, 130 after Ctrl+C.
`;

export const leaks = `Usage: cgi-workbench leaks DIR TARGET... [options]

Sends the same requests as CGI and in a mode that keeps processes: cold, warm,
and in another order. An application is compared with a process that has served
nothing before. Compares the outputs byte by byte, and the state of the process
before and after each request: attributes of modules, open files, threads,
memory, the environment, the working directory, signals and more. Names each
change that the next request finds, its line if it is known, and what to do.
Each target is requested about a dozen times.

      --config FILE     a configuration in place of DIR's own
      --mode MODE       ${modeNames.filter(isRunByAgent).join(", ")};
                        default: an application's own, else persistent
      --keep            as if "modules" and "globals" were "keep" in the
                        configuration
  -X, --request METHOD  default: GET, or POST with a body
  -H, --header 'N: v'   may be repeated
  -d, --data DATA       request body, unchanged; several are joined with &
      --data-binary V   request body: @FILE, @- for standard input, or the text
                        itself
      --json            print the report as JSON

Exit code: 0 when nothing leaks and every output is CGI's, 1 otherwise, 2 for
wrong use or a mistake in the configuration, 130 after Ctrl+C.
`;

export const startup = `Usage: cgi-workbench startup [DIR] TARGET [options]

Shows where the time of a cold start goes: the interpreter, each module that the
script imports, the script itself. Says which modules are worth preloading or
importing late. Sends a few GET requests for TARGET as CGI. Python and Perl.

  --config FILE  a configuration in place of DIR's own
  --json         print the report as JSON

Exit code: 0, 1 if the script's cold start cannot be measured, 2 for wrong use
or a mistake in the configuration, 130 after Ctrl+C.
`;

export const agent = `Usage: cgi-workbench agent ${agentLanguages.join("|")}

Prints the agent of the language: one file that runs an unmodified CGI script
(modes prefork and persistent), an application (modes wsgi, psgi and rack), or
the functions of a file (mode handler), behind any server that speaks FastCGI.
Its own first lines describe its options.

Exit code: 0, 2 for wrong use.
`;

export const wrap = `Usage: cgi-workbench wrap FILE [options]

Prints a file that runs the unmodified CGI script FILE as an application: WSGI
(Python), PSGI (Perl) or Rack (Ruby). Any server of such applications takes it:
gunicorn, uwsgi, plackup, Starman, Puma, or the modes wsgi, psgi and rack. It
lies beside FILE and is yours to edit.

      --cgi            the other way round: FILE is an application, and what is
                       printed is a CGI script that calls it
  -o, --output OUTPUT  write it to OUTPUT, a new file, which finds FILE from
                       there

Exit code: 0, 2 for wrong use, for a FILE in another language, and for an OUTPUT
that exists.
`;
