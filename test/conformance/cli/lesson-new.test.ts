// `cgi-workbench lesson new`: a lesson begun from nothing, or from a trace, is right as it is.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { findProgram } from "../../support/run/find-program.mjs";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
});
afterAll(() => folder[Symbol.dispose]());

async function ended(...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await commandLine(args, { cwd: folder.path });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return stdout.toString();
}
const verified = (id: string): Promise<string> => ended("lesson", "verify", id, "--rounds", "1", "--trust");

test.skipIf(findProgram("python3") === null)("a new lesson is right in each language (needs python3)", async () => {
  await ended("lesson", "new", "greeting");
  const said = await verified("greeting");
  for (const code of ["python", "perl", "shell"])
    for (const what of ["solution passes", "start fails", 'wrong/whole-query fails {"greets":1}'])
      expect(said).toContain(`greeting ${code}: ${what}`);
  const again = await commandLine(["lesson", "new", "greeting"], { cwd: folder.path });
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain("is not empty");
});

test("a lesson from the trace of a form is right, and asks for that response", async () => {
  folder.makeFolder("cgi-bin");
  folder.write(
    "cgi-bin/add.sh",
    "#!/bin/sh\nread -r line\nprintf 'Content-Type: text/plain\\n\\n%s and {word}\\n' \"$line\"\n",
  );
  folder.makeExecutable("cgi-bin/add.sh");
  folder.write("trace.json", await ended("request", ".", "/cgi-bin/add.sh?x=1", "-d", "a=1&b=2\n", "--json"));
  await ended("lesson", "new", "adding", "--from-trace", "trace.json");
  const said = await verified("adding");
  expect(said).toContain("adding shell: solution passes");
  expect(said).toContain("adding shell: start fails");
  expect(folder.read("adding/solution/shell/cgi-bin/add.sh")).toBe(folder.read("cgi-bin/add.sh"));
  expect(readFileSync(folder.file("adding/check.yaml"), "utf8")).toContain("/{script}?x=1");
});

test("a trace of a file makes no lesson", async () => {
  folder.write("note.txt", "a note\n");
  folder.write("file.json", await ended("request", ".", "/note.txt", "--json"));
  const { exitCode, stderr } = await commandLine(["lesson", "new", "none", "--from-trace", "file.json"], {
    cwd: folder.path,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("No lesson can be made from the trace #");
});
