// A wrapped script whose process serves on: what it registers for its end runs at its end, what it changes of the
// process is put back, and what it has responded counts, however it ends.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { withReset } from "../../server/app/measure/leak-reset.js";
import { wrappedText } from "../../server/app/wrap/wrapped-text.js";
import type { AgentProcess } from "../support/agents/agent-process.js";
import { interpreterPath } from "../support/agents/interpreter.js";
import { startWrapped } from "../support/agents/wrapped.js";
import { program, tempFolder } from "../support/temp-workspace.js";

const pythonHead = 'print("Content-Type: text/plain\\n", flush=True)\n';
const perlHead = '$| = 1; print "Content-Type: text/plain\\n\\n";\n';

const python = {
  language: "python",
  needs: "python3",
  leak: "string.cart",
  before: null,
  leaks: `import atexit, string
string.cart = getattr(string, "cart", 0) + 1
${pythonHead}print(string.cart, atexit._ncallbacks())
`,
  ends: `import atexit, sys
${pythonHead}atexit.register(print, "taken back")
atexit.unregister(print)
atexit.register(sys.stdout.write, "first\\n")
atexit.register(lambda: 1 / 0)
@atexit.register
def last(): print("last")
print("page"); sys.exit(3)
`,
  changes: `import os, signal
${pythonHead}mask = os.umask(0o077)
print(mask, signal.getitimer(signal.ITIMER_REAL)[0] > 0, signal.getsignal(signal.SIGALRM))
signal.signal(signal.SIGALRM, lambda *_: None)
signal.alarm(100)
`,
  stderr: (way: string) => `import os, stat, sys
if os.environ["QUERY_STRING"]: ${way}
${pythonHead}print("noted", file=sys.stderr, flush=True)
print("a file" if stat.S_ISREG(os.fstat(2).st_mode) else "page")
`,
  ways: ["sys.stderr = sys.stdout", "os.dup2(1, 2)"],
  fails: `import os, sys
if os.environ["QUERY_STRING"] == "early": 1 / 0
${pythonHead}print("page")
1 / 0
`,
} as const;
const perl = {
  language: "perl",
  needs: "perl",
  leak: "$Data::Dumper::Indent",
  before: "2",
  leaks: `use B;
use Data::Dumper;
$Data::Dumper::Indent++;
${perlHead}print $Data::Dumper::Indent, " ", B::end_av()->FILL, "\\n";
`,
  ends: `${perlHead}my $name = "first";
END { print "$name\\n" } END { die "on purpose\\n" } END { print "last\\n"; exit 4; print "no\\n" }
print "page\\n"; exit 3;
`,
  changes: `${perlHead}my $mask = umask 077;
print $mask, " ", alarm(100), " ", map({ $SIG{$_} // "none" } qw(ALRM USR1 __DIE__)), "\\n";
$SIG{$_} = sub { } for qw(ALRM __DIE__); $SIG{USR1} = "IGNORE";
`,
  stderr: (way: string) => `if ($ENV{QUERY_STRING}) { ${way} }
${perlHead}print STDERR "noted\\n"; print "page\\n";
`,
  ways: ['open STDERR, ">&STDOUT"', "*STDERR = *STDOUT", 'close STDERR; open STDERR, ">", "errors"'],
  fails: `die "on purpose\\n" if $ENV{QUERY_STRING} eq "early";
${perlHead}print "page\\n"; die "on purpose\\n";
`,
} as const;

/** Status, response body and stderr. */
async function ask(agent: AgentProcess, query = "") {
  const { stdout, stderr, status } = await agent.ask({ QUERY_STRING: query });
  return { status, body: stdout.toString().replace(/^[\s\S]*?\r\n\r\n/, ""), stderr: stderr.toString() };
}

describe.each([python, perl])("$language (needs $needs)", (script) => {
  const { language, needs } = script;
  const isMissing = program(needs) === null;

  test.skipIf(isMissing)("the line that puts a leak back does so after each request, and stays one", async () => {
    using folder = tempFolder();
    const { leak: name, before } = script;
    const text = withReset(script.leaks, { kind: "attribute", name, before }, language);
    await using agent = await startWrapped(folder, language, text ?? "");
    const first = await ask(agent);
    expect(first).toEqual({ status: 0, body: expect.stringMatching(/^[13] \d+\n$/), stderr: "" });
    for (const _ of [2, 3]) expect(await ask(agent)).toEqual(first);
  });

  test.skipIf(isMissing)("what it registers for its end is part of its response, the last one first", async () => {
    using folder = tempFolder();
    await using agent = await startWrapped(folder, language, script.ends);
    for (const _ of [1, 2]) expect(await ask(agent)).toMatchObject({ status: 0, body: "page\nlast\nfirst\n" });
  });

  test.skipIf(isMissing)("its alarm, its signal handlers and its umask end with it", async () => {
    using folder = tempFolder();
    await using agent = await startWrapped(folder, language, script.changes);
    const first = await ask(agent);
    expect(first.status).toBe(0);
    for (const _ of [2, 3]) expect(await ask(agent)).toEqual(first);
  });

  test.skipIf(isMissing).each(script.ways)("the next request has its own stderr after %s", async (way) => {
    using folder = tempFolder();
    await using agent = await startWrapped(folder, language, script.stderr(way));
    for (const _ of [1, 2]) {
      await agent.ask({ QUERY_STRING: "redirects" });
      expect(await ask(agent)).toEqual({ status: 0, body: "page\n", stderr: "noted\n" });
    }
  });

  test.skipIf(isMissing)("its response counts if it fails afterwards; without one the request fails", async () => {
    using folder = tempFolder();
    await using agent = await startWrapped(folder, language, script.fails);
    for (const _ of [1, 2]) {
      const late = await ask(agent);
      expect(late).toMatchObject({ status: 0, body: "page\n" });
      const early = await ask(agent, "early");
      expect(early).toMatchObject({ status: 1, body: "" });
      for (const { stderr } of [late, early]) expect(stderr).toMatch(/1 \/ 0|on purpose/);
    }
  });
});

describe.skipIf(program("python3") === null)("python (needs python3)", () => {
  test("the script's own hook writes the page of its error, and not that of the next request", async () => {
    using folder = tempFolder();
    const source = `import os, sys
if os.environ["QUERY_STRING"]: sys.excepthook = lambda kind, *_: print("Content-Type: text/plain\\n\\n", kind.__name__)
1 / 0
`;
    await using agent = await startWrapped(folder, "python", source);
    expect(await ask(agent, "hook")).toMatchObject({ status: 0, body: " ZeroDivisionError\n" });
    expect(await ask(agent)).toMatchObject({ status: 1, body: "" });
  });

  test("a chunked request body has the length of what came", async () => {
    using folder = tempFolder();
    folder.write(
      "script",
      `import os, sys\n${pythonHead}print(os.environ.get("CONTENT_LENGTH"), sys.stdin.read(), end="")`,
    );
    folder.write("application.py", await wrappedText("python", "application", "script"));
    const call = `import io, sys; from application import application
short, ends = {"CONTENT_LENGTH": "3"}, {"wsgi.input_terminated": True}
for length in ({}, short, ends, {**ends, **short}):
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(b"chunks"), "wsgi.errors": sys.stderr, **length}
    print(application(environ, lambda *_: None)[0].decode())`;
    const { stdout, stderr } = spawnSync(interpreterPath("python3"), ["-c", call], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["None \n3 chu\n6 chunks\n3 chu\n", ""]);
  });
});
