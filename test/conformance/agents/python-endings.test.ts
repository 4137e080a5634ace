// The end of a Python script under its agent, as in plain CGI: streams of its own, a standard error that takes nothing,
// and exit statuses.
import { describe, test } from "vitest";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { expectAsCgi } from "../../support/agents/expect-as-cgi.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

const head = 'import atexit, sys\nprint("Content-Type: text/plain\\n")\natexit.register(print, "at its end")\n';
const tee = `class Tee:
    def __init__(self, stream): self.stream, self.held = stream, []
    def write(self, text): self.held.append(text)
    def flush(self): self.stream.write("".join(self.held)); self.held = []; self.stream.flush()
`;
const scripts: Readonly<Record<string, string>> = {
  "writes through an object that has no `closed`": `${tee}sys.stdout = Tee(sys.stdout)\nprint("collected")`,
  "has such a standard error": `${tee}sys.stderr = Tee(sys.stderr)\nprint("collected", file=sys.stderr)`,
  "ends with a text while sys.stderr is closed": 'with open("/dev/null", "w") as sys.stderr: pass\nsys.exit("bad")',
  "ends with a text while sys.stderr is None": 'sys.stderr = None\nsys.exit("bad")',
  "ends with a text that cannot be made": "class Bad:\n    def __str__(self): raise ValueError\nsys.exit(Bad())",
  "fails in its hook while sys.stderr is None":
    "def fails(*_): raise ValueError\nsys.excepthook = fails\nsys.stderr = None\n1 / 0",
  ...Object.fromEntries(
    ["256", "-1", "(1 << 63) - 1", "1 << 63", "1 << 70"].map((number) => [
      `ends with ${number}`,
      `sys.exit(${number})`,
    ]),
  ),
};

describe.skipIf(program("python3") === null).each(agentModes)("%s: a script that (needs python3)", (mode) => {
  test.each(Object.entries(scripts))("%s", async (_what, lines) => {
    using folder = tempFolder();
    const source = `${head}${lines}\n`;
    folder.write("script.py", source);
    const script = folder.file("script.py");
    await using agent = await AgentProcess.start({ language: "python", mode, script });
    await expectAsCgi(agent, "python3", script, source);
  });
});
