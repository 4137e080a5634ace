// Prefork keeps the code of modules and the compiled regular expressions of earlier requests. Each request still runs
// all of its modules, and sees what a new process sees.
import { statSync, utimesSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const head = 'print("Content-Type: text/plain\\n")\n';
const requests = 12; // more than teach the worker

/** What requests got, one after the other; `before` is called before each of them, with its number. */
async function responses(
  script: string,
  modules: Readonly<Record<string, string>>,
  before?: (nth: number, folder: TempFolder) => void,
): Promise<readonly { readonly body: string; readonly stderr: string }[]> {
  using folder = tempFolder();
  folder.write("script.py", script);
  for (const [name, text] of Object.entries(modules)) folder.write(`${name}.py`, text);
  await using agent = await AgentProcess.start({
    ...{ language: "python", mode: "prefork", script: folder.file("script.py"), options: [] },
  });
  const found: { body: string; stderr: string }[] = [];
  for (let nth = 0; nth < requests; nth++) {
    before?.(nth, folder);
    const { stdout, stderr } = await agent.ask();
    found.push({ body: stdout.toString().split("\n\n")[1] ?? "", stderr: stderr.toString() });
  }
  return found;
}

describe.skipIf(program("python3") === null)("(needs python3)", () => {
  test("a module's state is new in each request", async () => {
    const script = `${head}import counted\ncounted.calls.append(1)\nprint(len(counted.calls), counted.word())\n`;
    const module = "import re\ncalls = []\ndef word(): return re.compile('[a-z]+').match('abc1').group()\n";
    const found = await responses(script, { counted: module });
    expect(new Set(found.map(({ body }) => body))).toEqual(new Set(["1 abc\n"]));
  });

  test("a compiled expression is kept, but for one with a warning", async () => {
    const known = "print(any('kept' in str(key) for key in re._cache))";
    const script = `${head}import re\n${known}\nre.compile('kept+')\nre.compile('[[a]')\n`;
    const found = await responses(script, {});
    expect([found[0]?.body, found.at(-1)?.body]).toEqual(["False\n", "True\n"]);
    for (const { stderr } of found) expect(stderr).toContain("FutureWarning");
  });

  test("a module that changes is run as it is now", async () => {
    const script = `${head}import changing\nprint(changing.value)\n`;
    const found = await responses(script, { changing: "value = 0\n" }, (nth, folder) => {
      const file = folder.file("changing.py");
      const { mtimeMs } = statSync(file);
      folder.write("changing.py", `value = ${nth}\n`);
      utimesSync(file, nth, mtimeMs / 1000 + 10); // Python tells versions apart by the second and the size
    });
    expect(found.map(({ body }) => body)).toEqual(found.map((_, nth) => `${nth}\n`));
  });

  test("a script may do anything with the cache and the descriptor that tell the worker", async () => {
    const tells = 'os.write(63, b"\\0\\0\\0\\0" + b"junk" * 9)';
    const script = `${head}import re, os, sys\nre._cache = None\n${tells}\nprint("fine")\n`;
    const found = await responses(script, {});
    expect(found.map(({ body }) => body)).toEqual(found.map(() => "fine\n"));
  });
});
