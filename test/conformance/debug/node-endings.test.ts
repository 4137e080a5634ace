// A debugged Node script that ends by an uncaught exception gets no line of Node’s own on stderr.
import { afterAll, beforeAll, expect, test } from "vitest";
import { trace } from "../../../server/contract/trace.js";
import { commandLine } from "../../support/command-line.js";
import { DapClient } from "../../support/dap-client.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const head = '#!/usr/bin/env node\nconsole.log("Content-Type: text/plain\\n");\n';
const endings = [
  ["thrown.js", 'process.on("exit", (code) => console.log("exit", code));\nnull.x;\n'],
  ["rejected.js", 'Promise.reject(new Error("nobody catches it"));\n'],
  [
    "handled.js",
    'process.on("uncaughtException", ({ message }) => console.log(message));\nsetTimeout(() => null.y, 20);\nnull.x;\n',
  ],
] as const;

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const [file, text] of endings) {
    folder.write(`cgi-bin/${file}`, head + text);
    folder.makeExecutable(`cgi-bin/${file}`);
  }
});
afterAll(() => folder[Symbol.dispose]());

test.each(endings)("%s: the same stderr and exit code as without a debugger", async (file) => {
  const target = `/cgi-bin/${file}`;
  const { stdout } = await commandLine(["request", folder.path, target, "--json"]);
  const { process, stderr } = trace.parse(JSON.parse(stdout.toString()));
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target });
  await editor.begin(folder.file(`cgi-bin/${file}`), []);
  const end = await editor.end();
  expect([end.stderr, end.exitCode]).toEqual([
    Buffer.from(stderr?.base64 ?? "", "base64").toString(),
    process?.exitCode,
  ]);
});
