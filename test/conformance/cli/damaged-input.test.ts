// Every verb with arguments that mean nothing: damaged files, a folder or a pipe in a file's place, numbers out of any
// range, options of its help in any order. Each ends with an exit code of its help, and says what is wrong in words of
// the product: no stack trace, no bug.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import { usage } from "../../../server/cli/usage/usage.js";
import { startCommand } from "../../support/command-line.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const files: Readonly<Record<string, string | Uint8Array>> = {
  "empty.har": "",
  "null.har": '{"log":null}',
  "list.json": "[[],{}]",
  "number.json": "1",
  "cut.json": '{"info":{"name":"x","_postman_id":"1"},"item":[{"name":',
  "deep.json": "[".repeat(20_000),
  "tabs.yaml": "type: collection.insomnia.rest/5.0\n\tname: x\n",
  "bytes.bru": Uint8Array.from({ length: 300 }, (_, at) => (at * 97) % 256),
  "odd.http": "POST a b c\nX\n\n< ./missing\n### \n@x\nGET {{y}}\n",
  "capsule.sh": "#!/bin/sh\n# cgi-workbench capsule 1\nexit 7\n",
  "hello.py": "#!/usr/bin/python3\nprint('Content-Type: text/plain\\n\\nhello')\n",
  "cut.py": "#!/usr/bin/python3\ndef (",
};
const words = [
  ...Object.keys(files),
  ...[
    "folder",
    "pipe",
    "missing",
    ".",
    "/hello.py",
    "/cut.py",
    "hello.py/x?a=%zz",
    "//",
    "http://[",
    "0mwz8dr9t028c43-1",
  ],
  ...[
    "",
    "-",
    "--",
    "-1",
    "1e99",
    "NaN",
    "0x7fffffffffffffff",
    "é\x1b]0;x\x07",
    "took:>5constructor",
    "(",
    "x".repeat(50_000),
  ],
  ...["python", "cobol", "tcp:127.0.0.1:1", "unix:pipe", "tcp:[::1", "a: b", "A=1", "cgi", "html", "then"],
];
/** These serve until they are told to end; their first words say that they do. */
const serving = new Set(["open", "serve"]);
/** A long measurement, or a file whose other end nobody opens. */
const longestMs = 20_000;

const anyWord = fc.constantFrom(...words);
/** Some options name a file that is written: all of these lie in the folder. */
const valueWord = fc.constantFrom(...words.filter((word) => !word.startsWith("/")));

/** Words, then options of the help, mostly with a value. */
function argumentsOf(help: string): fc.Arbitrary<string[]> {
  const options = [...help.matchAll(/(?<=^ {2,6}(?:-\w, )?)--?[a-z][a-z-]*/gm)].map(([name]) => name);
  const option = options.length > 0 ? fc.constantFrom(...options) : valueWord;
  const given = fc.oneof(
    fc.tuple(option, valueWord),
    fc.tuple(option, valueWord).map(([name, value]) => [`${name}=${value}`]),
  );
  const parts = fc.tuple(fc.array(anyWord, { maxLength: 3 }), fc.array(given, { maxLength: 3 }), fc.option(option));
  return parts.map(([before, pairs, last]) => [...before, ...pairs.flat(), ...(last === null ? [] : [last])]);
}

interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Runs the command in `folder` to its end; one that goes on is interrupted. */
async function run(args: readonly string[], folder: TempFolder, data: TempFolder): Promise<Run> {
  const env = { PATH: process.env["PATH"], HOME: data.path, XDG_RUNTIME_DIR: data.path };
  const child = startCommand(args, { cwd: folder.path, env });
  child.stdin?.end();
  const interrupt = (): boolean => child.kill("SIGINT");
  if (serving.has(args[0] ?? "")) child.stdout?.once("data", interrupt);
  child.stdout?.resume();
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const timer = setTimeout(interrupt, longestMs);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once("close", (...how) => resolve(how));
  });
  clearTimeout(timer);
  return { code, signal, stderr };
}

test.each(Object.entries(usage))("%s with what means nothing (C11)", { timeout: 240_000 }, async (verb, help) => {
  using folder = tempFolder();
  using data = tempFolder();
  for (const [name, bytes] of Object.entries(files)) folder.write(name, bytes);
  for (const name of ["hello.py", "cut.py"]) folder.makeExecutable(name);
  mkdirSync(folder.file("folder"));
  execFileSync("mkfifo", [folder.file("pipe")]);
  const waiting = fc.sample(argumentsOf(help), { numRuns: 8, seed: 1 });
  const failures: string[] = [];
  const worker = async (): Promise<void> => {
    for (let args = waiting.pop(); args; args = waiting.pop()) {
      const { code, signal, stderr } = await run([verb, ...args], folder, data);
      const isWrong = signal !== null || ![0, 1, 2, 130].includes(code ?? -1);
      const isRaw = /^ +at |This is a bug|node:internal|Error:|\x1b/m.test(stderr);
      if (isWrong || isRaw)
        failures.push(`${JSON.stringify([verb, ...args]).slice(0, 300)}: ${code} ${signal} ${stderr.slice(0, 600)}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  expect(failures).toEqual([]);
});
