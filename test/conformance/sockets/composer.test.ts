// The composer's WebSocket, in a folder that nobody trusts yet: it is served as its requests are, others are not.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { ProblemError } from "../../../server/base/problem.js";
import { composedRequest } from "../../../server/contract/requests-contract.js";
import { exportTrace } from "../../../server/trace/formats/export-trace.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { problem } from "../../support/coded.js";
import { waitUntilGone } from "../../support/processes.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { mistakesInHar } from "../../support/valid-har.js";
import { waitFor } from "../../support/wait-for.js";
import { SocketClient } from "../../support/web-socket.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/chat.sh", `#!/bin/sh\ntouch ${folder.file("ran")}\necho "$GREETING"\nexec cat\n`);
  folder.makeExecutable("site/cgi-bin/chat.sh");
  const scripts = { "cgi-bin/chat.sh": { mode: "websocket" } };
  folder.write("site/cgi-workbench.json", JSON.stringify({ scripts }));
  vi.stubEnv("XDG_DATA_HOME", folder.file("data")); // nothing is trusted yet
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

async function opened(): Promise<Workbench & AsyncDisposable> {
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.file("site"), { port: 0 });
  return Object.assign(workbench, { [Symbol.asyncDispose]: () => workbench.dispose() });
}
const composed = (target = "/cgi-bin/chat.sh", headers: [string, string][] = []) =>
  composedRequest.parse({
    ...{ method: "GET", target, headers, body: null, mode: null, cookies: true },
    variables: [["GREETING", "good day"]],
  });
const said = (workbench: Workbench, id: string): string => {
  const stdout = workbench.traces.get(id)?.stdout;
  return Buffer.from(stdout?.read(0, stdout.captured) ?? []).toString();
};

/** What the script says may be in the trace before the client knows that the connection is open. */
const say = (workbench: Workbench, id: string, text: string | null): Promise<boolean> =>
  waitFor("the connection is open", () => {
    try {
      workbench.sender.say(id, text);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === "socket-not-open") return false;
      throw error;
    }
  });

test("until the folder is trusted, no program opens a WebSocket, and nothing runs", async () => {
  await using workbench = await opened();
  const { port } = workbench.server.servingAddress();
  const stranger = await SocketClient.open(port, "/cgi-bin/chat.sh");
  await stranger.closed();
  expect([stranger.status, existsSync(folder.file("ran"))]).toEqual([503, false]);
  await workbench.folder.trust(folder.file("site"), workbench.folder.workspace().trust.fingerprint);
  const welcome = await SocketClient.open(port, "/cgi-bin/chat.sh");
  expect(await welcome.messages(1)).toEqual([""]);
  welcome.socket.close();
  await welcome.closed();
});

test("the composer connects, talks and closes; its headers and variables reach the script", async () => {
  await using workbench = await opened();
  const { signal } = new AbortController();
  const { id, done } = await workbench.sender.connect(composed(undefined, [["X-Own", "1"]]), "composer", { signal });
  await waitFor("the greeting", () => said(workbench, id) === "good day\n");
  await say(workbench, id, "hello");
  await waitFor("the echo", () => said(workbench, id) === "good day\nhello\n");
  await say(workbench, id, null);
  const { hops } = await done;
  expect(hops).toMatchObject([{ id, status: 101, target: "/cgi-bin/chat.sh" }]);
  const trace = workbench.traces.get(id);
  expect([trace?.outcome, trace?.client.from, trace?.process?.exitCode]).toEqual(["ok", "composer", 0]);
  expect(trace?.env?.find(({ name }) => name === "HTTP_X_OWN")?.value).toBe("1");
  expect(() => workbench.sender.say(id, "late")).toThrow(problem("socket-not-open"));
});

test("aborting ends the connection and its script", async () => {
  await using workbench = await opened();
  const abort = new AbortController();
  const { id, done } = await workbench.sender.connect(composed(), "composer", abort);
  await waitFor("the greeting", () => said(workbench, id) !== "");
  abort.abort();
  await expect(done).rejects.toThrow();
  expect(workbench.traces.get(id)?.outcome).toBe("stopped");
  await waitUntilGone("chat.sh");
});

test("sent again, the client's messages are sent in their order, each once the script has said as much", async () => {
  await using workbench = await opened();
  const { signal } = new AbortController();
  const { id, done } = await workbench.sender.connect(composed(), "composer", { signal });
  let all = "good day\n";
  for (const word of ["one", "zwei äöü", "three"]) {
    await waitFor("what was said before", () => said(workbench, id) === all);
    await say(workbench, id, word);
    all += `${word}\n`;
  }
  await waitFor("the last echo", () => said(workbench, id) === all);
  await say(workbench, id, null);
  await done;
  const first = await workbench.traces.find(id);
  if (!first) throw new Error("the trace is not kept");
  const again = await (await workbench.sender.replay(first, signal)).done;
  expect(said(workbench, again.id)).toBe(all);
  const heard = [...(again.stdin?.pieces() ?? [])].map(({ bytes }) => Buffer.from(bytes).toString());
  expect(heard).toEqual(["one\n", "zwei äöü\n", "three\n"]);
  expect([again.outcome, again.cause?.code, again.parent]).toEqual(["ok", "websocket-closed", { id, kind: "replay" }]);
  expect(again.timing.doneAt).toBeLessThan((first.timing.doneAt ?? 0) + 2000);
});

test("a HAR file has the messages as Chrome's have them, and no time of a connection is a latency", async () => {
  await using workbench = await opened();
  const { signal } = new AbortController();
  const { id, done } = await workbench.sender.connect(composed(), "composer", { signal });
  await waitFor("the greeting", () => said(workbench, id) !== "");
  await say(workbench, id, "hello");
  await waitFor("the echo", () => said(workbench, id).includes("hello"));
  await say(workbench, id, null);
  await done;
  const trace = await workbench.traces.find(id);
  if (!trace) throw new Error("the trace is not kept");
  const har = JSON.parse(exportTrace(toTraceJson(trace), "har", { isMasked: true }).bytes.toString());
  expect(mistakesInHar(har)).toEqual([]);
  const [{ _resourceType: type, _webSocketMessages: messages }] = har.log.entries;
  expect(type).toBe("websocket");
  const time = expect.any(Number);
  expect(messages).toEqual([
    { type: "receive", time, opcode: 1, data: "good day" },
    { type: "send", time, opcode: 1, data: "hello" },
    { type: "receive", time, opcode: 1, data: "hello" },
  ]);
  expect(workbench.traces.inMemory()).toMatchObject([{ tookMs: null }]);
});
