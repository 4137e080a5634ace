var e=`# Speed

\`npm run peers\` measures the traced server beside real peers: requests per second as a ratio of the peer in the same round, as the median and range of seven rounds in alternating order. Every server is warm. The figures below are from two virtual cores, with 1 and 8 connections. Ratios below 1 mean that the peer is faster.

| traced, beside | C, 1 | C, 8 | sh, 1 | sh, 8 | Perl, 1 | Perl, 8 | Python, 1 | Python, 8 |
|---|---|---|---|---|---|---|---|---|
| lighttpd mod_cgi | 0.94 (0.84–0.98) | 0.89 (0.85–0.91) | 0.86 (0.80–0.98) | 0.95 (0.86–0.99) | 0.96 (0.92–0.98) | 0.97 (0.93–0.99) | 0.94 (0.79–1.01) | 0.95 (0.91–1.01) |
| nginx + fcgiwrap | 1.09 (0.94–1.13) | 1.05 (0.94–1.10) | 1.07 (0.97–1.10) | 1.06 (0.96–1.10) | 1.14 (1.10–1.19) | 1.13 (1.06–1.17) | 0.95 (0.86–1.12) | 0.88 (0.80–0.92) |
| Apache mod_cgid | 3.54 (2.83–4.20) | 1.25 (1.13–1.29) | – | – | – | – | – | – |
| Go net/http/cgi | 0.83 (0.76–0.87) | 0.90 (0.85–0.94) | – | – | – | – | – | – |
| ourselves, untraced | 0.95 (0.89–0.98) | 0.96 (0.88–1.05) | – | – | – | – | – | – |

| FastCGI, a C responder on libfcgi, two processes | 1 | 8 |
|---|---|---|
| beside lighttpd mod_fastcgi | 0.69 (0.56–0.70) | 0.40 (0.38–0.42) |
| beside the least gateway that Node allows | 0.59 (0.53–0.61) | 0.44 (0.42–0.45) |
| beside nginx with kept connections | 0.61 (0.39–0.61) | 0.75 (0.70–0.94) |
| beside the same program as CGI | 5.9 (5.4–6.0) | 5.4 (5.3–5.6) |
| beside ourselves, untraced | 1.10 (0.90–1.32) | 0.83 (0.78–0.86) |

The rows beside lighttpd mod_cgi for the C program and beside lighttpd, Node, CGI and ourselves for FastCGI are from three rounds since the server reads requests with a reader of its own; the others are older, from seven. The least gateway is \`test/peers/least-gateway.mjs\`, which reads and writes on Node's sockets and parses nothing.

Reading requests ourselves made the server faster. Beside the last version whose front stood on \`node:http\` (dd1537c), on the same two cores, warm, in eight rounds that alternate (medians):

| traced | requests per second | processor time a request, µs |
|---|---|---|
| FastCGI, 8 connections | 1.28 | 140 → 106 |
| FastCGI, 1 connection | 1.24 | 280 → 261 |
| C as CGI, 8 connections | 1.07 | 429 → 367 |
| C as CGI, 1 connection | 1.03 | 673 → 592 |

## What a faster mode buys

Requests per second as a multiple of the same unmodified script as CGI, traced; median and range of three alternating rounds (\`npm run peers -- --only modes\`):

| | prefork, 1 | prefork, 8 | persistent, 1 | persistent, 8 |
|---|---|---|---|---|
| Python with a dozen imports | 22 (22–27) | 14 (12–15) | 180 (140–184) | 132 (126–154) |
| Perl with CGI.pm | 6.1 (5.8–6.1) | 4.5 (4.0–4.9) | 32 (30–33) | 20 (19–24) |

## Where the time goes

\`node test/peers/where-time-goes.mjs\` takes samples of a server's threads with \`perf\` and prints what one request costs in processor time. For FastCGI with 8 connections, in µs a request:

| | ours, traced | least gateway on Node | lighttpd mod_fastcgi |
|---|---|---|---|
| all | 105 | 29 | 35 |
| kernel: write and read of sockets | 30 | 17 | 3 |
| kernel: the rest (epoll, \`stat\` of the script, connect, close) | 6 | 5 | 28 |
| our code, compiled | 24 | – | – |
| V8: its built-in functions | 17 | 1 | – |
| V8: everything else | 8 | 2 | – |
| garbage collection | 5 | 0 | – |
| Node: streams, event loop, its JavaScript | 7 | 2 | – |
| C library, compiling, everything else | 7 | 2 | 4 |

(lighttpd sends with another system call, which counts as the rest.) So Node's sockets are not what keeps us behind: a gateway on them can be as cheap as lighttpd. The difference is the work for one request, in our code and in V8 on its behalf: reading and checking the request, some twenty variables, the route, access, the response, the trace and the doctor's first look. No single function takes more than 2 % of it.

## What makes it fast

- Scripts start with \`posix_spawn\`, on a thread of their own while other requests run. Node's \`child_process\` reached half that rate.
- The server reads a script's pipes when the kernel signals that they hold data, instead of creating a stream object for each.
- A finished trace keeps only what cannot be computed again from its bytes: about 0.3 kB besides the script's own output. The rest is computed by the same functions when the trace is opened.
- Objects that live for one request stay in V8's young generation: \`server/base/heap.ts\` switches pretenuring off, which put a third of them into the old one. It saves about a third of the processor time of a FastCGI request.
- Bookkeeping after a response is deferred until the event loop is otherwise idle.

## What did not help

A larger young generation for V8's heap, collecting on one thread, fewer or smaller threads for starting scripts, starting every script on the loop, calling \`statx\` directly, and sharing one \`stat\` of a script among requests that arrive together. Collecting the heap earlier costs: growth by 50 % or 120 % instead of 200 % takes up to a tenth off the FastCGI rate.
`;export{e as default};