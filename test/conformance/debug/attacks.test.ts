// A script that reaches its debugger's connection, and a person who leaves at a bad moment: the server stays, and the
// script is let go.
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runtimeFolder } from "../../../server/base/runtime-folder.js";
import { attached } from "../../support/attached-editor.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const scripts = {
  "forges.py": `#!/usr/bin/env python3
import json, os, time
def say(message):
    os.write(200, json.dumps(message).encode() + b"\\n")
def event(name, body):
    say({"method": name, "params": body})
event("process", {"id": 4294967297})
say({"id": 99, "result": {}})
event("cgiRequest", {"traceId": "another"})
event("initialized", {})
event("terminated", {})
event("stopped", [[]])
event("output", {"category": "important", "output": "forged"})
event("output", {"category": "console", "output": "x" * 100000})
while not os.path.exists("go"):
    time.sleep(0.01)
os.write(200, b'{"method":"stopped","params":' + b"[" * 200000 + b"]" * 200000 + b"}\\nno message\\n")
print("Content-Type: text/plain\\n\\nend")
`,
  "forges.js": `#!/usr/bin/env node
const { closeSync, readdirSync, readlinkSync, writeSync } = require("node:fs");
for (const fd of readdirSync("/proc/self/fd"))
  try {
    if (readlinkSync("/proc/self/fd/" + fd).startsWith("socket:"))
      writeSync(Number(fd), '{"method":"Debugger.paused","params":{"reason":"exception","callFrames":[' +
        '{"callFrameId":"1","functionName":"f","location":{"scriptId":"1","lineNumber":1},"scopeChain":[]}]}}\\n');
  } catch {}
console.log("Content-Type: text/plain\\n\\nend");
`,
  "named.js": `#!/usr/bin/env node
eval(\`eval("debugged()\\\\n//# sourceURL=file://host/x")\\n//# sourceURL=file:///%zz\`);
function debugged() {
  console.log("Content-Type: text/plain\\n\\nend");
}
`,
  "floods.bash": `#!/bin/bash
echo Content-Type: text/plain; echo
head -c 3000000 /dev/zero | tr '\\0' x >&251
echo end
`,
  "removes.bash": `#!/bin/bash
echo Content-Type: text/plain; echo
rm -r "$__wb_folder"
until [[ -e removed ]]; do sleep 0.01; done
echo end
`,
  "sleeps.py": `#!/usr/bin/env python3
import time
print("Content-Type: text/plain\\n", flush=True)
time.sleep(60)
`,
};

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const [name, script] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, script);
    folder.makeExecutable(`cgi-bin/${name}`);
  }
  folder.write("cgi-workbench.json", JSON.stringify({ limits: { silenceMs: 1000 } }));
});
afterAll(() => folder[Symbol.dispose]());

/** The script's first breakpoints are set, and its client waits. */
async function begun(name: string, lines: readonly number[]) {
  const one = await attached(folder.path, `/cgi-bin/${name}`);
  const response = fetch(`${one.url}/cgi-bin/${name}`).then((answer) => answer.text());
  response.catch(() => undefined); // its test awaits it
  await one.editor.next("initialized");
  await one.editor.begin(
    folder.file(`cgi-bin/${name}`),
    lines.map((line) => ({ line })),
  );
  return { one, response, [Symbol.asyncDispose]: () => one[Symbol.asyncDispose]() };
}

test("what a script says in its debugger's place is dropped", async () => {
  await using t = await begun("forges.py", []);
  const { editor } = t.one;
  await waitFor("it has spoken", () => editor.output("console") !== "");
  const asked = editor.request("pause").catch((error: unknown) => String(error));
  folder.write("cgi-bin/go", "");
  expect(await t.response).toBe("end\n");
  await editor.end();
  expect(String(await asked)).toContain("Error");
  expect(editor.output("console")).toHaveLength(10_000);
  expect(editor.output("important")).not.toContain("forged");
  const names = editor.events.map(({ event }) => event).filter((event) => event !== "output");
  expect(names).toEqual(["cgiRequest", "initialized", "exited", "cgiResponse", "terminated"]);
});

test("what is no message of Node's inspector ends debugging alone", async () => {
  await using t = await begun("forges.js", []);
  expect(await t.response).toBe("end\n");
  await t.one.editor.end();
});

test("code may call itself as it likes", async () => {
  await using t = await begun("named.js", [4]);
  const { frames } = await t.one.editor.stopped();
  const names = frames.map(({ source }) => source?.path);
  expect(names).toEqual(expect.arrayContaining(["file://host/x", "file:///%zz"]));
  await t.one.editor.request("continue", { threadId: 1 });
  expect(await t.response).toBe("end\n");
});

test("a script floods the debugger's pipe", async () => {
  await using t = await begun("floods.bash", []);
  expect(await t.response).toBe("end\n");
  await t.one.editor.end();
});

test("a script removes the debugger's folder", async () => {
  await using t = await begun("removes.bash", []);
  const runtime = await runtimeFolder();
  await waitFor("it is gone", () => !readdirSync(runtime).some((name) => name.startsWith(`debug-${process.pid}-`)));
  await expect(t.one.editor.request("pause", { threadId: 1 })).rejects.toThrow("runs on alone");
  folder.write("cgi-bin/removed", "");
  expect(await t.response).toBe("end\n");
});

test("one leaves while an expression is evaluated without an end", async () => {
  await using t = await begun("sleeps.py", [4]);
  const { frames } = await t.one.editor.stopped();
  const endless = { expression: "while True: pass", frameId: frames[0]?.id, context: "repl" };
  t.one.editor.request("evaluate", endless).catch(() => undefined);
  await t.one.editor.request("disconnect", { terminateDebuggee: false });
  expect(t.one.trace()).toMatchObject({ outcome: "timeout" });
});

test("the client leaves, and then the person", async () => {
  await using one = await attached(folder.path, "/cgi-bin/sleeps.py");
  const socket = connect(Number(new URL(one.url).port), "127.0.0.1");
  socket.write("GET /cgi-bin/sleeps.py HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  await one.editor.next("initialized");
  await one.editor.begin(folder.file("cgi-bin/sleeps.py"), [{ line: 4 }]);
  await one.editor.stopped();
  socket.destroy();
  await waitFor("the trace says so", () => one.trace()?.cause?.code === "client-gone-debugged");
  const began = performance.now();
  await one.editor.request("disconnect", { terminateDebuggee: false });
  expect(performance.now() - began).toBeLessThan(900); // no limit of time has ended it
  expect(one.trace()).toMatchObject({ outcome: "client-gone", process: { signal: "SIGTERM" } });
});

test("the person leaves while the client sends its body", async () => {
  folder.write("cgi-bin/sum.bash", "#!/bin/bash\necho Content-Type: text/plain; echo; cat\n");
  folder.makeExecutable("cgi-bin/sum.bash");
  await using one = await attached(folder.path, "/cgi-bin/sum.bash");
  const { port } = new URL(one.url);
  const headers = { "Content-Length": 2 };
  const sent = request({ port, path: "/cgi-bin/sum.bash", method: "POST", headers });
  sent.write("a");
  await waitFor("it has come", () => one.workbench.traces.lastSeq === 1);
  await one.editor.request("disconnect", { terminateDebuggee: false });
  sent.end("b");
  const [response] = await once(sent, "response");
  expect(await text(response)).toBe("ab");
  expect(one.editor.events.filter(({ event }) => event === "cgiRequest")).toEqual([]);
});
