// A wrapped script whose process serves on: what it registers for its end runs at its end, what it changes of the
// process is put back, and what it has responded counts, however it ends.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { withReset } from "../../../server/features/wrap/leak-reset.js";
import { wrappedText } from "../../../server/features/wrap/wrapped-text.js";
import type { AgentProcess } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { startWrapped } from "../../support/agents/wrapped.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

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
print(mask, signal.getitimer(signal.ITIMER_REAL)[0] > 0, *map(signal.getsignal, (signal.SIGALRM, signal.SIGUSR1)))
signal.signal(signal.SIGALRM, lambda *_: None)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
signal.alarm(100)
`,
  stderr: (way: string) => `import os, stat, sys
if os.environ["QUERY_STRING"]: ${way}
${pythonHead}print("noted", file=sys.stderr, flush=True)
print("a file" if stat.S_ISREG(os.fstat(2).st_mode) else "page")
`,
  ways: ["sys.stderr = sys.stdout", "os.dup2(1, 2)"],
  fails: `import atexit, os, sys
if os.environ["QUERY_STRING"] == "ending": atexit.register(print, "Content-Type: text/plain\\n\\npage")
if os.environ["QUERY_STRING"]: 1 / 0
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
  fails: `END { print "Content-Type: text/plain\\n\\npage\\n" if $ENV{QUERY_STRING} eq "ending" }
die "on purpose\\n" if $ENV{QUERY_STRING};
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
      const ending = await ask(agent, "ending");
      expect(ending).toMatchObject({ status: 0, body: "page\n" });
      const early = await ask(agent, "early");
      expect(early).toMatchObject({ status: 1, body: "" });
      for (const { stderr } of [late, ending, early]) expect(stderr).toMatch(/1 \/ 0|on purpose/);
    }
  });
});

/** Standard output and stderr of a Python program that calls the application. With -E it buffers its stderr. */
async function callWrapped(folder: TempFolder, script: string, ...call: string[]): Promise<readonly [string, string]> {
  folder.write("script", script);
  folder.write("application.py", await wrappedText("python", "application", "script"));
  const source = `import io, sys; from application import application
def ask(text, **variables):
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(text), "wsgi.errors": sys.stderr, **variables}
    print(application(environ, lambda *_: None)[0].decode())
${call.join("\n")}`;
  const { stdout, stderr } = spawnSync(interpreterPath("python3"), ["-E", "-c", source], {
    cwd: folder.path,
    encoding: "utf8",
  });
  return [stdout, stderr];
}

describe.skipIf(program("python3") === null)("python (needs python3)", () => {
  test("the script's own hook writes the page of its error, and not that of the next request", async () => {
    using folder = tempFolder();
    const source = `import os, sys
def hook(kind, *_):
    print("Content-Type: text/plain\\n\\n", kind.__name__)
    if os.environ["QUERY_STRING"] == "leaves": sys.exit(1)
    if os.environ["QUERY_STRING"] == "fails": raise RuntimeError
if os.environ["QUERY_STRING"]: sys.excepthook = hook
1 / 0
`;
    await using agent = await startWrapped(folder, "python", source);
    for (const way of ["returns", "leaves", "fails"]) {
      expect(await ask(agent, way)).toMatchObject({ status: 0, body: " ZeroDivisionError\n" });
    }
    expect(await ask(agent)).toMatchObject({ status: 1, body: "" });
  });

  test("the hook that a module sets stays with the module", async () => {
    using folder = tempFolder();
    const hook = 'def hook(kind, *_): print("Content-Type: text/plain\\n\\n", kind.__name__)\n';
    folder.write("errors.py", `import sys\n${hook}sys.excepthook = hook\n`);
    await using agent = await startWrapped(folder, "python", "import errors\n1 / 0\n");
    for (const _ of [1, 2]) expect(await ask(agent)).toMatchObject({ status: 0, body: " ZeroDivisionError\n" });
  });

  test("the server's stderr stays open after another stream around its buffer", async () => {
    using folder = tempFolder();
    const script = `import io, sys
sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding="utf-8")
${pythonHead}print("noted", file=sys.stderr)
`;
    const served = await callWrapped(folder, script, 'ask(b""); ask(b"")', 'print("served", file=sys.stderr)');
    expect(served).toEqual(["\n\n", "noted\nnoted\nserved\n"]);
  });

  test("what it has written to stderr goes where it sent stderr", async () => {
    using folder = tempFolder();
    const script = `import logging, os, sys
logging.basicConfig() # It keeps the stream.
os.dup2(os.open("errors", os.O_WRONLY | os.O_CREAT), 2)
${pythonHead}sys.stderr.write("noted")
`;
    expect(await callWrapped(folder, script, 'ask(b"")')).toEqual(["\n", ""]);
    expect(folder.read("errors")).toBe("noted");
  });

  test("a chunked request body has the length of what came", async () => {
    using folder = tempFolder();
    const script = `import os, sys\n${pythonHead}print(os.environ.get("CONTENT_LENGTH"), sys.stdin.read(), end="")`;
    const call = `short, ends = {"CONTENT_LENGTH": "3"}, {"wsgi.input_terminated": True}
for length in ({}, short, ends, {**ends, **short}): ask(b"chunks", **length)`;
    expect(await callWrapped(folder, script, call)).toEqual(["None \n3 chu\n6 chunks\n3 chu\n", ""]);
  });
});

test.skipIf(program("perl") === null)(
  "a signal handler that a Perl module names stays with it (needs perl)",
  async () => {
    using folder = tempFolder();
    folder.write("Notes.pm", 'package Notes; sub note { } $SIG{USR2} = "Notes::note"; 1;\n');
    const source = `use lib "."; use Notes; sub own { }
${perlHead}print map({ $SIG{$_} // "none" } qw(USR1 USR2)), "\\n"; $SIG{USR1} = "own";
`;
    await using agent = await startWrapped(folder, "perl", source);
    for (const _ of [1, 2]) expect(await ask(agent)).toMatchObject({ status: 0, body: "noneNotes::note\n" });
  },
);
