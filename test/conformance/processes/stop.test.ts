// Whoever sends a request ends it: by aborting the call or by closing the window. Over both transports, for everything
// that can be sent; the script's process is gone, and no other request is touched.
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { isAlive } from "../../support/processes.js";
import { type RpcClient, type RpcWindows, rpcWindows, transports } from "../../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
let workbench: Workbench;
let count = 0;

beforeAll(async () => {
  folder = tempFolder();
  folder.write("wait.cgi", '#!/bin/sh\necho $$ > "$(dirname "$0")/pid-$QUERY_STRING"\nexec sleep 60\n');
  folder.write("go.cgi", '#!/bin/sh\nprintf "Status: 302\\nLocation: /wait.cgi?%s\\n\\n" "$QUERY_STRING"\n');
  for (const name of ["wait.cgi", "go.cgi"]) folder.makeExecutable(name);
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

const composed = (target: string, followRedirects = false) => ({
  ...{ method: "GET", target, headers: [], body: null, mode: null, followRedirects },
});
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const pidOf = (name: string): Promise<number> =>
  waitFor(`${name} runs`, () => {
    const file = `pid-${name}`;
    return existsSync(folder.file(file)) && folder.read(file).endsWith("\n") ? Number(folder.read(file)) : null;
  });
const gone = (pid: number): Promise<true> => waitFor("the process is gone", () => !isAlive(pid));

/** Of the trace that the first event tells of. */
async function begunId(events: AsyncIterator<{ readonly kind: string; readonly id?: string }>): Promise<string> {
  const { value } = await events.next();
  if (value?.kind !== "begun") throw new Error("the first event is not that it has begun");
  return value.id ?? "";
}

/** As the list gets it: pulled until it is there. */
async function rowOf(client: RpcClient, id: string): Promise<TraceRow> {
  for (let since = 0; ; ) {
    const { rows, next } = await client.traces.next({ since, generation: workbench.generation, max: 1000 });
    const found = rows.find((row) => row.id === id);
    if (found) return found;
    since = next;
  }
}

/** Sends and reads the events until the call ends; what it came to is up to the test. */
async function drained(events: Promise<AsyncIterable<unknown>>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const event of await events) all.push(event);
  return all;
}

type Send = (client: RpcClient, name: string, signal: AbortSignal) => Promise<AsyncIterable<unknown>>;
const ways: readonly (readonly [string, Send])[] = [
  ["a composed request", (client, name, signal) => client.requests.send(composed(`/wait.cgi?${name}`), { signal })],
  [
    "the second hop of a followed redirect",
    (client, name, signal) => client.requests.send(composed(`/go.cgi?${name}`, true), { signal }),
  ],
  [
    "bytes as they are",
    (client, name, signal) =>
      client.requests.sendRaw(
        { base64: base64(`GET /wait.cgi?${name} HTTP/1.0\r\n\r\n`), halfClose: false },
        { signal },
      ),
  ],
];

describe.each(transports)("over a %s", (transport) => {
  let windows: RpcWindows;
  beforeAll(async () => {
    windows = await rpcWindows(workbench, transport);
  });
  afterAll(async () => {
    await windows[Symbol.asyncDispose]();
  });
  const nextName = (): string => `${transport}${++count}`;

  test("the trace's id comes at once, and the row of the running trace with it", async () => {
    const { client } = await windows.open();
    const abort = new AbortController();
    const name = nextName();
    const sending = await client.requests.send(composed(`/wait.cgi?${name}`), { signal: abort.signal });
    const id = await begunId(sending);
    expect(await rowOf(client, id)).toMatchObject({ outcome: null, from: "composer" });
    const pid = await pidOf(name);
    abort.abort();
    await gone(pid);
  });

  test.each(ways)("%s: an aborted call ends its script, and no other", async (_what, send) => {
    const { client } = await windows.open();
    const [one, other] = [nextName(), nextName()];
    const [abort, abortOther] = [new AbortController(), new AbortController()];
    const sending = drained(send(client, one, abort.signal));
    const otherSending = drained(send(client, other, abortOther.signal));
    const [pid, otherPid] = [await pidOf(one), await pidOf(other)];
    abort.abort();
    await expect(sending).rejects.toThrow();
    await gone(pid);
    expect(isAlive(otherPid)).toBe(true);
    abortOther.abort();
    await expect(otherSending).rejects.toThrow();
    await gone(otherPid);
    const traces = await waitFor("the traces ended", async () => {
      const { rows } = await client.traces.next({ since: 0, generation: null, max: 1000 });
      const mine = rows.filter(
        ({ target }) => target.endsWith(`wait.cgi?${one}`) || target.endsWith(`wait.cgi?${other}`),
      );
      return mine.length === 2 && mine.every(({ outcome }) => outcome !== null) ? mine : null;
    });
    expect(traces.map(({ outcome }) => outcome)).toEqual(["stopped", "stopped"]);
  });

  test.each(ways)("%s: a closed window ends what it had sent, and nothing of another window", async (_what, send) => {
    const [first, second] = [await windows.open(), await windows.open()];
    const [one, other] = [nextName(), nextName()];
    const abort = new AbortController();
    const sending = drained(send(first.client, one, abort.signal)).catch(() => "closed");
    const otherSending = drained(send(second.client, other, abort.signal));
    const [pid, otherPid] = [await pidOf(one), await pidOf(other)];
    first.close();
    await gone(pid);
    expect(isAlive(otherPid)).toBe(true);
    abort.abort();
    await expect(otherSending).rejects.toThrow();
    await gone(otherPid);
    await sending;
  });

  test("a request that is sent again ends with its call", async () => {
    const { client } = await windows.open();
    const name = nextName();
    const first = new AbortController();
    const sending = await client.requests.send(composed(`/wait.cgi?${name}`), { signal: first.signal });
    const id = await begunId(sending);
    const pid = await pidOf(name);
    first.abort();
    await gone(pid);
    folder.remove(`pid-${name}`);
    const again = new AbortController();
    const replaying = drained(client.traces.replay({ id }, { signal: again.signal }));
    const pidAgain = await pidOf(name);
    again.abort();
    await expect(replaying).rejects.toThrow();
    await gone(pidAgain);
  });

  test("a call that was aborted before it began sends nothing", async () => {
    const { client } = await windows.open();
    const name = nextName();
    await expect(
      client.requests.send(composed(`/wait.cgi?${name}`), { signal: AbortSignal.abort() }),
    ).rejects.toThrow();
    expect(existsSync(folder.file(`pid-${name}`))).toBe(false);
  });
});
