// Scripts that fail, the fix for each, and what its response is before and after it.
import { expect } from "vitest";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";

/** The response to one request for a script; bytes as Latin-1. */
export interface Seen {
  readonly status: number | null;
  readonly outcome: string | null;
  readonly stdout: string;
  readonly headers: string;
  readonly body: string;
  readonly trace: TraceRecord;
}

export interface FixCase {
  readonly fix: FixId;
  readonly what: string;
  readonly needs: string;
  readonly extension: string;
  readonly source: string;
  readonly mode?: number;
  readonly failing: (seen: Seen) => unknown;
  readonly clean: (seen: Seen) => unknown;
}

const invalid = ({ outcome, status }: Seen): unknown => expect([outcome, status]).toEqual(["invalid-output", 500]);
const notStarted = ({ outcome }: Seen): unknown => expect(outcome).toBe("spawn-error");
const hello = ({ outcome, status, body }: Seen): unknown =>
  expect([outcome, status, body.trim()]).toEqual(["ok", 200, "hello"]);
const early = ({ trace }: Seen): unknown =>
  expect((trace.timing.exitAt ?? 0) - (trace.timing.firstByteAt ?? 0)).toBeGreaterThan(500);

export const fixCases: readonly FixCase[] = [
  {
    fix: "make-executable",
    what: "no execute bit",
    needs: "sh",
    extension: ".cgi",
    mode: 0o644,
    source: "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n",
    failing: notStarted,
    clean: hello,
  },
  {
    fix: "use-line-feeds",
    what: "a carriage return in the first line",
    needs: "sh",
    extension: ".cgi",
    source: "#!/bin/sh\r\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\r\n",
    failing: notStarted,
    clean: hello,
  },
  {
    fix: "set-shebang",
    what: "an interpreter that is not there",
    needs: "perl",
    extension: ".cgi",
    source: '#!/opt/none/bin/perl -w\nprint "Content-Type: text/plain\\n\\nhello\\n";\n',
    failing: notStarted,
    clean: hello,
  },
  {
    fix: "set-shebang",
    what: "no first line",
    needs: "sh",
    extension: ".cgi",
    source: "printf 'Content-Type: text/plain\\n\\n'\necho hello\n",
    failing: notStarted,
    clean: hello,
  },
  {
    fix: "remove-byte-order-mark",
    what: "a mark before #!",
    needs: "sh",
    extension: ".cgi",
    source: "\u00ef\u00bb\u00bf#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n",
    failing: notStarted,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "Python",
    needs: "python3",
    extension: ".py",
    source: '#!/usr/bin/env python3\nprint("Content-Type: text/plain")\nprint("hello")\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "Python, sys.stdout.write",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport sys\nsys.stdout.write("Content-Type: text/plain\\n")\nsys.stdout.write("hello")\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "Perl",
    needs: "perl",
    extension: ".pl",
    source: '#!/usr/bin/perl\nprint "Content-Type: text/plain\\n";\n# print "Status: 200\\n";\nprint "hello\\n";\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "shell",
    needs: "sh",
    extension: ".sh",
    source: '#!/bin/sh\necho "Content-Type: text/plain"\necho hello\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "a text of several lines",
    needs: "sh",
    extension: ".sh",
    source: "#!/bin/sh\ncat <<end\nContent-Type: text/plain\nhello\nend\n",
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "Tcl",
    needs: "tclsh",
    extension: ".tcl",
    source: '#!/usr/bin/env tclsh\nputs "Content-Type: text/plain"\nputs hello\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-empty-line",
    what: "Node",
    needs: "node",
    extension: ".mjs",
    source: '#!/usr/bin/env node\nconsole.log("Content-Type: text/plain");\nconsole.log("hello");\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-content-type",
    what: "Python",
    needs: "python3",
    extension: ".py",
    source: '#!/usr/bin/env python3\n"""Says hello.\n\nThat is all."""\nimport os\n\nprint("hello")\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-content-type",
    what: "Perl",
    needs: "perl",
    extension: ".pl",
    source: '#!/usr/bin/perl\nuse strict;\nuse warnings;\n\nprint "hello\\n";\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-content-type",
    what: "shell",
    needs: "sh",
    extension: ".sh",
    source: "#!/bin/sh\n# says hello\nset -eu\necho hello\n",
    failing: invalid,
    clean: hello,
  },
  {
    fix: "add-content-type",
    what: "Node",
    needs: "node",
    extension: ".mjs",
    source: '#!/usr/bin/env node\nimport { log } from "node:console";\nlog("hello");\n',
    failing: invalid,
    clean: hello,
  },
  {
    fix: "declare-charset",
    what: "none declared",
    needs: "sh",
    extension: ".sh",
    source: "#!/bin/sh\nprintf 'Content-Type: text/html\\n\\nf\\303\\274r'\n",
    failing: ({ headers }) => expect(headers).not.toMatch(/charset/),
    clean: ({ headers }) => expect(headers).toMatch(/Content-Type: text\/html; charset=utf-8/),
  },
  {
    fix: "declare-charset",
    what: "an older one declared",
    needs: "sh",
    extension: ".sh",
    source: "#!/bin/sh\nprintf 'Content-Type: text/html; charset=ISO-8859-1\\n\\nf\\303\\274r'\n",
    failing: ({ headers }) => expect(headers).toMatch(/ISO-8859-1/),
    clean: ({ headers }) => expect(headers).toMatch(/charset=utf-8/),
  },
  {
    fix: "use-status-field",
    what: "a status line of HTTP",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nprint("HTTP/1.1 404 Not Here")\nprint("Content-Type: text/plain\\n")\nprint("hello")\n',
    failing: ({ stdout }) => expect(stdout).toMatch(/^HTTP/),
    clean: ({ status, stdout, outcome }) =>
      expect([status, outcome, stdout.split("\n")[0]]).toEqual([404, "ok", "Status: 404 Not Here"]),
  },
  {
    fix: "remove-content-length",
    what: "counted in characters",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport sys\nbody = "gr\u00c3\u00bcn"\nsys.stdout.reconfigure(encoding="utf-8")\nprint("Content-Type: text/plain; charset=utf-8")\nprint(f"Content-Length: {len(body)}")\nprint()\nprint(body, end="")\n',
    failing: ({ body }) => expect(body).toBe("gr\u00c3\u00bc"),
    clean: ({ body, stdout }) => expect([body, /Length/.test(stdout)]).toEqual(["gr\u00c3\u00bcn", false]),
  },
  {
    fix: "content-length-in-bytes",
    what: "Python",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport sys\nbody = "gr\u00c3\u00bcn"\nsys.stdout.reconfigure(encoding="utf-8")\nprint("Content-Type: text/plain; charset=utf-8")\nprint("Content-Length: %d\\n" % len(body))\nprint(body, end="")\n',
    failing: ({ body }) => expect(body).toBe("gr\u00c3\u00bc"),
    clean: ({ body, stdout }) => expect([body, /Length: 5/.test(stdout)]).toEqual(["gr\u00c3\u00bcn", true]),
  },
  {
    fix: "content-length-in-bytes",
    what: "Perl",
    needs: "perl",
    extension: ".pl",
    source:
      '#!/usr/bin/perl\nuse utf8;\nbinmode STDOUT, ":utf8";\nmy $body = "gr\u00c3\u00bcn";\nprint "Content-Type: text/plain; charset=utf-8\\n";\nprint "Content-Length: " . length($body) . "\\n\\n";\nprint $body;\n',
    failing: ({ body }) => expect(body).toBe("gr\u00c3\u00bc"),
    clean: ({ body }) => expect(body).toBe("gr\u00c3\u00bcn"),
  },
  {
    fix: "remove-field",
    what: "Transfer-Encoding from the script",
    needs: "sh",
    extension: ".sh",
    source: "#!/bin/sh\nprintf 'Content-Type: text/plain\\nTransfer-Encoding: chunked\\n\\nhello'\n",
    failing: ({ stdout }) => expect(stdout).toMatch(/Transfer-Encoding/),
    clean: (seen) => [expect(seen.stdout).not.toMatch(/Transfer/), hello(seen)],
  },
  {
    fix: "set-encoding-environment",
    what: "a locale that knows ASCII alone",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport os, sys\nprint("Content-Type: text/plain; charset=utf-8\\n")\nsys.stdout.reconfigure(encoding=os.environ.get("PYTHONIOENCODING", "ascii"))\nprint("gr\\u00fcn")\n',
    failing: ({ trace }) => expect(trace.process?.exitCode).toBe(1),
    clean: ({ body, trace }) => expect([body.trim(), trace.process?.exitCode]).toEqual(["gr\u00c3\u00bcn", 0]),
  },
  {
    fix: "write-line-ends",
    what: "bash",
    needs: "bash",
    extension: ".cgi",
    source: '#!/usr/bin/env bash\necho "Content-Type: text/plain\\n\\n"\necho hello\n',
    failing: ({ trace }) => expect(trace.response?.status).toBe(500),
    clean: ({ body }) => expect(body.trim()).toBe("hello"),
  },
  {
    fix: "write-line-ends",
    what: "Perl",
    needs: "perl",
    extension: ".pl",
    source: `#!/usr/bin/perl\nprint 'Content-Type: text/plain\\n\\n', "hello\\n";\n`,
    failing: ({ trace }) => expect(trace.response?.status).toBe(500),
    clean: ({ body }) => expect(body.trim()).toBe("hello"),
  },
  {
    fix: "write-line-ends",
    what: "Python",
    needs: "python3",
    extension: ".py",
    source: '#!/usr/bin/env python3\nprint(r"Content-Type: text/plain\\n\\n", end="")\nprint("hello")\n',
    failing: ({ trace }) => expect(trace.response?.status).toBe(500),
    clean: ({ body }) => expect(body.trim()).toBe("hello"),
  },
  {
    fix: "write-line-ends",
    what: "Ruby",
    needs: "ruby",
    extension: ".rb",
    source: `#!/usr/bin/env ruby\nprint 'Content-Type: text/plain\\n\\n'\nputs 'hello'\n`,
    failing: ({ trace }) => expect(trace.response?.status).toBe(500),
    clean: ({ body }) => expect(body.trim()).toBe("hello"),
  },
  {
    fix: "flush-output",
    what: "Python",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport time\nprint("Content-Type: text/plain\\n")\nprint("hello")\ntime.sleep(1)\n',
    failing: ({ trace }) => expect(trace.timing.firstByteAt).toBeGreaterThan(1000),
    clean: (seen) => [hello(seen), early(seen)],
  },
  {
    fix: "flush-output",
    what: "Perl",
    needs: "perl",
    extension: ".pl",
    source:
      '#!/usr/bin/perl\nuse strict;\nprint "Content-Type: text/plain\\n\\n";\nprint "hello\\n";\nselect(undef, undef, undef, 1);\n',
    failing: ({ trace }) => expect(trace.timing.firstByteAt).toBeGreaterThan(1000),
    clean: (seen) => [hello(seen), early(seen)],
  },
  {
    fix: "binary-output",
    what: "Perl with a text layer",
    needs: "perl",
    extension: ".pl",
    source:
      '#!/usr/bin/perl\nbinmode(STDOUT, ":crlf");\nprint "Content-Type: image/png\\n\\n";\nprint "\\x89PNG\\n";\n',
    failing: ({ body }) => expect(body).toBe("\u0089PNG\r\n"),
    clean: ({ body }) => expect(body).toBe("\u0089PNG\n"),
  },
  {
    fix: "binary-output",
    what: "Python printing bytes",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport sys\ndata = bytes([0x89, 0x50, 0x0a])\nprint("Content-Type: image/png\\n")\nsys.stdout.write(data)\n',
    failing: ({ trace }) => expect(trace.process?.exitCode).toBe(1),
    clean: ({ body, outcome }) => expect([body, outcome]).toEqual(["\u0089P\n", "ok"]),
  },
  {
    fix: "print-function",
    what: "print statements",
    needs: "python3",
    extension: ".py",
    source:
      '#!/usr/bin/env python3\nimport sys\nprint "Content-Type: text/plain"\nprint\nif True: print "hel" + "lo"\nprint >>sys.stderr, "done"\nprint """\n"""\n',
    failing: ({ outcome }) => expect(outcome).toBe("crashed"),
    clean: hello,
  },
];
