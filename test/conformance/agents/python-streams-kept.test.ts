// Prefork: a module may put other streams in the place of sys.stdout and the others when it is imported. It is loaded
// once, and each request prints through them what CGI prints.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { AgentProcess, baseEnvironment } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const python = program("python3") === null ? null : interpreterPath("python3");
const start = 'print("Content-Type: text/plain\\n")\n';
const wrapper = `import sys
class Plain:
    def __init__(self, stream): self.stream, self.is_terminal = stream, stream.isatty()
    def __getattr__(self, name): return getattr(self.stream, name)
    def write(self, text): return self.stream.write(text if self.is_terminal else text.replace("\\33[1m", ""))
`;
/** A module, and what its script does after importing it. */
const cases: readonly (readonly [string, string])[] = [
  [`${wrapper}sys.stdout, sys.stderr = Plain(sys.stdout), Plain(sys.stderr)`, 'print("\\33[1mbold", type(sys.stdout))'],
  [
    `${wrapper}sys.stdout = sys.__stdout__ = Plain(sys.stdout)`,
    'print("\\33[1mbold"); print(sys.__stdout__ is sys.stdout)',
  ],
  ["import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, 'latin-1', write_through=True)", 'print("\\xe9")'],
  ["import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), 'utf-16')", 'print("\\xe9", sys.stdout)'],
  [
    "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, 'ascii', 'replace')",
    "sys.stdout = sys.__stdout__; print(1)",
  ],
  ["import sys\nsys.stdout.reconfigure(encoding='ascii', errors='backslashreplace')", 'print("\\xe9", sys.stdout)'],
  ["import codecs, sys\nsys.stdout = codecs.getwriter('latin-1')(sys.stdout.buffer)", 'print("\\xe9")'],
  ["import io, sys\nsys.stdout = io.StringIO()", 'sys.__stdout__.write(sys.stdout.getvalue() + "end\\n")'],
  [
    "import sys\nsys.stdin.reconfigure(encoding='latin-1')",
    "print(sys.stdin, repr(sys.stdin.read()), sys.stdin.isatty())",
  ],
  [
    "import sys\nkept = sys.stdout",
    "print(a.kept is sys.stdout, a.kept.isatty(), sys.stdout.fileno(), sys.stdout.seekable())",
  ],
];

function write(folder: TempFolder, module: string, script: string): void {
  folder.makeFolder("site-packages");
  folder.write("site-packages/a.py", `import time\nat = time.time_ns()\n${module}\n`);
  folder.write("script.py", `import sys, a\n${start}${script}\nprint(a.at, file=sys.stderr)\n`);
}

test.skipIf(python === null).each(cases)("%j (needs python3)", async (module, script) => {
  using folder = tempFolder();
  write(folder, module, script);
  const environment = { PYTHONPATH: folder.file("site-packages") };
  const cgi = spawnSync(python ?? "", [folder.file("script.py")], {
    ...{ cwd: folder.path, env: { ...baseEnvironment, ...environment }, input: "" },
  });
  for (const options of [[], ["--preload=a"]]) {
    await using agent = await AgentProcess.start({
      ...{ language: "python", mode: "prefork", script: folder.file("script.py"), options, environment },
    });
    const answers = [await agent.ask(), await agent.ask()];
    for (const { stdout, status } of answers) expect([stdout, status]).toEqual([cgi.stdout, cgi.status]);
    expect(answers[0]?.stderr).toEqual(answers[1]?.stderr);
    expect(agent.log).toBe("");
  }
});
