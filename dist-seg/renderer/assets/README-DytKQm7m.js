var e=`# CGI Workbench

Open a folder of CGI scripts, press Send, and see exactly what happened between the socket and the script, byte for byte.

![The main window: a script, the request, the X-ray of what it became, every trace, latency](docs/main-window-light-1280x800.png)

A server that answers \`500 Premature end of script headers\` hides what the script wrote. CGI Workbench shows it: the request as it arrived, each environment variable with its source, stdin, stdout and stderr with the time of every write, which bytes were headers and which were the body, what the gateway added, changed or dropped and why, and what the client received. Change a line, save, and compare.

## Start

\`\`\`sh
npm start          # installs, builds and opens the app
npm test           # installs what the tests need and checks a change
\`\`\`

\`npm start -- path/to/folder\` opens that folder. If Electron can't be downloaded or there is no display, \`npm start\` says why and serves the same UI in your browser.

You need Node 20.19 or later. Scripts run with the interpreters on your machine: \`python3\`, \`perl\`, \`php-cgi\`, \`sh\`, compiled programs, and any executable with a \`#!\` line.

## What you can do

- **Start from examples.** The first page copies them to a folder of your choice: a sum in nine languages, a guestbook, an upload form, cookies and a login, redirects, server-sent events, a FastCGI counter, an encoding trap and a broken script. **What just happened** then explains one request in eight steps. **Present** turns the window into a stage for a room: the page beside its X-ray, in large type. Projector mode enlarges everything.
- **Open a folder.** It is the document root and needs no configuration. Until you trust it, only requests that you send run its scripts. Files in \`cgi-bin/\`, executable files with a \`#!\` line, and \`.py .pl .php .rb .sh .lua .tcl\` files are scripts; everything else is served as it is. \`.fcgi\` programs run as FastCGI applications and \`.php\` files in php-cgi: their worker processes are kept alive (at most two by default) and restarted when the program changes.
- **Edit and send.** Opening a script puts its URL into the composer. \`Ctrl+Enter\` sends; saving sends the last GET again. Unsaved edits survive a reload or a crash. A file that changed on disk is never overwritten, and you can compare any version that a trace ran with today's. The editor completes meta-variables and headers, with the values that the last request had.
- **Open files in any encoding.** A Latin-1 script keeps the bytes of every line that you do not edit. Reopen, save or convert a file with another encoding from the status bar. **Encodings of all files** lists what is not UTF-8 and what contradicts its own declaration, and converts the files that you choose, with an undo.
- **Find and replace in files.** Press \`Ctrl+Shift+F\`. Each file is searched in its own encoding, and replaced text is written in it. Select bytes of a response and press **Find in files** to see which file they come from.
- **Compose any request.** Query, headers, text, forms in any charset, multipart with files, cookies, redirects, server variables, a sign-in, or **raw bytes**, typed or taken from a library of hostile requests. Paste a cURL command; copy any trace as cURL, as raw HTTP or as an \`env -i …\` command line; send it again, or edit it first.
- **See every byte.** The X-ray colours the request and the variables it became, then the script's output with its line ends and the blank line that ends the headers. The environment, stdin, stdout, stderr and the response show text in any charset, hex or both, searchable, with invalid bytes marked. Showing a response runs nothing again: the preview replays what was recorded.
- **Find out why it failed.** The **Doctor** explains a failure with the bytes, the line or the mode bits that prove it, and with what Apache, lighttpd and nginx would have logged. Most findings have a fix: you see it as a diff, apply it, send the request again, and can undo it. Scripts are checked before they run: the open one in the editor, or all of them at once. **Encoding** follows one character from the form to the screen.
- **Move to FastCGI with the numbers in front of you.** The badge above a script in the editor switches its mode. Python, Perl and Ruby scripts run [prefork or persistent](docs/modes.md) without a change, WSGI and PSGI applications in modes of their own, and **Ways to run** shows every mode beside the others: the same bytes or not, what leaks, how fast, and what a day could bring. \`bench\`, \`leaks\` and \`startup\` do the same without a window. The graph then compares the two (“CGI 20.0 ms → FastCGI 6.8 ms, 2.9×”), **Workers** shows the worker processes, and **Records** explains every FastCGI record down to its bytes.
- **Keep an eye on everything.** Every request, whoever sent it, is a row and a point in the latency graph. Filter (\`status:5xx took:>100ms path:cart\`), sort, pin, pause, compare two. The graph marks each save and shows what it changed: p50 31 → 12 ms.

The window follows the system's light or dark theme. Every action is a command in the palette (\`Ctrl+K\`), and the keyboard alone is enough.

![A failing request: what is wrong, the line, the bytes, and the fix](docs/failing-request-dark-1280x800.png)

## Command line

After \`npm run build\`, \`node dist/node/cli.js\` (or \`cgi-workbench\`, when linked) is the same core without a window:

\`\`\`sh
cgi-workbench serve site --port 8080                               # serves scripts, and the UI for a browser
cgi-workbench request site '/cgi-bin/sum.py?a=1&b=2' --json        # sends one request, prints its whole trace
cgi-workbench test site --env dev                                  # runs the requests of .http files, checks what they assert
cgi-workbench fcgi unix:run/app.sock '/status?full' --records      # sends one request to a FastCGI application
cgi-workbench doctor site/cgi-bin/sum.py                           # checks a script, or a folder's scripts
cgi-workbench bench site /cgi-bin/sum.py                           # measures it as CGI, prefork and persistent
cgi-workbench leaks site /cgi-bin/sum.py                           # finds what it leaves behind for its next request
cgi-workbench probe site /cgi-bin/sum.py                           # sends it hostile requests, reports how it took them
\`\`\`

[docs/command-line.md](docs/command-line.md) describes each verb, its output and its exit codes.

## Configuration

None is needed. \`cgi-workbench.json\` in the folder (JSON with comments; the editor completes it) sets ports, routes, handlers, FastCGI applications, variables, limits and policies. It applies when you save it. If it has a mistake, the window shows the line and the last valid configuration stays active. [docs/configuration.md](docs/configuration.md) has examples; [docs/requests.md](docs/requests.md) lists what is taken and refused; [docs/cgi-workbench.schema.json](docs/cgi-workbench.schema.json) has every key.

## Limits

- The newest 20,000 traces are kept, within 128 MiB (\`limits.memoryBytes\`), and the first 8 MiB of each stream (\`limits.captureBytes\`). The trace of a small static file takes about 0.3 kB and that of a short script 0.4 kB, as \`node test/bench/trace-memory.mjs\` measures it. The status bar shows how much is in use.
- The file tree lists and watches the first 10,000 files and folders. Requests reach the others too.
- A script that is silent for 60 s is stopped: TERM, then KILL after 2 s, to every process of its session. 32 scripts run at once, 1,024 requests wait, and further ones get 503.
- A chunked upload is read completely before the script starts, because \`CONTENT_LENGTH\` must be known. An upload with a length streams.
- Bytes that wait between clients and scripts take at most 32 MiB. Running requests keep at most a quarter of \`limits.memoryBytes\`; further bytes pass and are not kept. [docs/limits.md](docs/limits.md) has the details.
- [docs/security.md](docs/security.md) says what the workbench promises against foreign pages, scripts and other programs.
- Scripts inherit only PATH and the variables named in the configuration. The server listens on loopback only.

## Speed

With tracing on, a C program run as CGI answers at 0.9 times the rate of lighttpd's mod_cgi and 1.05 to 1.1 times that of nginx with fcgiwrap. The same program as FastCGI is 5 to 6 times as fast, at 0.69 times the rate of lighttpd's mod_fastcgi with one connection and 0.40 with eight. With eight connections, tracing costs 5 % for CGI and 17 % for FastCGI. [docs/speed.md](docs/speed.md) has the table and how to measure it yourself (\`npm run peers\`).

## Where it runs

Linux first. macOS is expected to work and is not tested. On Windows scripts start without the native start's byte-exact environment, \`/dev/std*\` and CPU times; this is untested.

## Contributing

[docs/architecture.md](docs/architecture.md) shows the parts and the life of a request. [docs/CONTRIBUTING.md](docs/CONTRIBUTING.md) says how to change it, [docs/security.md](docs/security.md) how to report a vulnerability, and [docs/CHANGELOG.md](docs/CHANGELOG.md) what changed.

MIT licence.
`;export{e as default};