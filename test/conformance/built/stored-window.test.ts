// The window's calls on stored traces, through the built server: searched while they are written, opened after the
// server has ended, pinned, switched off and on, and forgotten.
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ListEvent } from "../../../server/contract/traces-contract.js";
import { commandLine } from "../../support/command-line.js";
import { largeHar } from "../../support/large-har.js";
import { multiplyTraces } from "../../support/many-traces.mjs";
import type { RpcClient } from "../../support/rpc-windows.js";
import { type ServedWindow, servedFolders, servedWindow } from "../../support/served-window.js";
import type { TempFolder } from "../../support/temp-workspace.js";
import { waitFor as waitUntil } from "../../support/wait-for.js";

const waitFor = <T>(what: string, ask: () => T | null | false | Promise<T | null | false>): Promise<T> =>
  waitUntil(what, ask, 100_000);

let folder: TempFolder;
let data: TempFolder;
beforeEach(() => {
  ({ folder, data } = servedFolders({
    "echo.sh": `printf 'Content-Type: text/plain\\n\\n'; printf 'needle %s' "$QUERY_STRING"; cat`,
  }));
});
afterEach(() => {
  folder[Symbol.dispose]();
  data[Symbol.dispose]();
});

const opened = (...more: string[]): Promise<ServedWindow> => servedWindow(folder, data, ...more);

const get = (port: number, target: string) =>
  fetch(`http://127.0.0.1:${port}${target}`).then((response) => response.text());

const newest = { order: null, first: 0, count: 100, around: null, since: null, isCleared: false, until: null };
const range = { ...newest, lastSave: null };

async function search(client: RpcClient, query: string, more: Partial<typeof range | { lastSave: number }> = {}) {
  let last: Extract<ListEvent, { kind: "listed" }> | null = null;
  for await (const event of await client.traces.list({ ...range, query, ...more })) {
    if (event.kind === "mistake") return { mistake: event, found: [], total: 0 };
    last = event;
  }
  return { mistake: null, found: last?.found ?? [], total: last?.total ?? 0 };
}
/** In the file, not in memory alone. */
const stored = async (client: RpcClient): Promise<number> => (await client.traces.store()).traces;

const files = (): string[] => {
  const path = data.file("cgi-workbench/traces");
  return existsSync(path) ? readdirSync(path).filter((name) => name.includes(".db")) : [];
};

test("a trace is found and opened after its server has ended, with its bytes", { timeout: 240_000 }, async () => {
  {
    await using first = await opened("--store");
    expect(await get(first.server.port, "/cgi-bin/echo.sh?yesterday")).toBe("needle yesterday");
    const { found } = await waitFor("the trace is stored", async () => {
      const now = await search(first.client, "body:yesterday");
      return now.total === 1 && now;
    });
    const id = found[0]?.row.id ?? "";
    await first.client.traces.pin({ id, pinned: true });
    await waitFor("it is pinned in the store", async () => (await search(first.client, "is:pinned")).total === 1);
  }
  await using next = await opened("--no-store");
  const { found, total } = await search(next.client, "body:yesterday");
  expect(total).toBe(1);
  expect(found[0]).toMatchObject({
    row: { target: "/cgi-bin/echo.sh?yesterday", status: 200, pinned: true, seq: 1, file: "cgi-bin/echo.sh" },
    hit: { part: "response-body", at: 7, before: "needle ", found: "yesterday", after: "" },
  });
  const { id } = found[0]?.row ?? { id: "" };
  const trace = await next.client.traces.get({ id });
  expect(trace).toMatchObject({ id, seq: 1, outcome: "ok", request: { target: "/cgi-bin/echo.sh?yesterday" } });
  expect(trace.findings).toBeDefined();
  const again = await next.client.traces.replay({ id });
  let ended = "";
  for await (const event of again) if (event.kind === "ended") ended = event.id;
  expect(await next.client.traces.get({ id: ended })).toMatchObject({ parent: { id, kind: "replay" } });
  await expect(next.client.traces.pin({ id, pinned: false })).rejects.toMatchObject({
    code: "NOT_POSSIBLE",
    data: { code: "not-pinned-in-store" },
  });
  await expect(next.client.traces.get({ id: `${id}9` })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await search(next.client, "colour:red")).toMatchObject({
    mistake: { from: 0, to: 7, why: { code: "query-unknown-key" } },
  });
});

test("a trace of an earlier session is exported, shown, explained and saved, though nobody has opened it", {
  timeout: 240_000,
}, async () => {
  let id = "";
  {
    await using first = await opened("--store");
    await get(first.server.port, "/cgi-bin/echo.sh?form");
    await waitFor("the trace is stored", async () => (await stored(first.client)) === 1);
    id = (await search(first.client, "")).found[0]?.row.id ?? "";
  }
  // A server for each: what one call opens, the next one finds.
  const calls: readonly ((client: RpcClient) => Promise<unknown>)[] = [
    (client) => client.exchange.secrets({ id }),
    (client) => client.exchange.export({ id, form: "har", isMasked: true }),
    (client) => client.preview.open({ id, relaxed: false }),
    (client) => client.preview.sentFrom({ id }),
    (client) => client.doctor.fixes({ traceId: id }),
    (client) =>
      client.saved.save({
        ...{ source: { kind: "trace", id }, path: "kept.http", name: "kept", assertions: [], keepsSecrets: false },
      }),
  ];
  const results: unknown[] = [];
  for (const call of calls) {
    await using next = await opened("--store");
    results.push(await call(next.client));
  }
  expect(results).toEqual([
    [],
    expect.stringContaining("?form"),
    expect.objectContaining({ hops: [] }),
    null,
    expect.objectContaining({ path: "cgi-bin/echo.sh" }),
    { line: expect.any(Number) },
  ]);
});

test("a recording that is larger than the store takes at once comes in with all of its bytes", {
  timeout: 240_000,
}, async () => {
  let ids: readonly string[] = [];
  {
    await using first = await opened("--store");
    const files = ["a.har", "b.har"].map((name) => ({ name, text: largeHar(12) }));
    ({ ids } = await first.client.exchange.import({ files }));
  }
  await using next = await opened("--store");
  expect([ids.length, (await search(next.client, "is:pinned size:>600k")).total]).toEqual([24, 24]);
  for (const id of ids)
    expect(await next.client.traces.get({ id })).toMatchObject({ response: { body: { captured: 700_000 } } });
});

test("storing is switched on and off while requests are served, and everything is forgotten", {
  timeout: 240_000,
}, async () => {
  await using window = await opened();
  const { client, server } = window;
  const first = await client.traces.store();
  expect(first).toMatchObject({ isStoring: true, isSettable: true, traces: 0 });
  await client.traces.setStore({ ...first.settings, isOn: false });
  await get(server.port, "/cgi-bin/echo.sh?before");
  // its response comes before its trace ends
  const newest = () => client.traces.next({ since: 0, generation: null, max: 10 });
  await waitFor("the trace has ended", async () => (await newest()).rows.some(({ outcome }) => outcome === "ok"));
  expect(await client.traces.store()).toMatchObject({ isStoring: false, traces: 0 });

  const settings = { ...first.settings, isOn: true, maxAgeDays: 3 };
  expect(await client.traces.setStore(settings)).toMatchObject({ settings, isStoring: true });
  await get(server.port, "/cgi-bin/echo.sh?secret-word");
  await waitFor("it is stored", async () => (await search(client, "body:secret-word")).total === 1);
  expect(await stored(client)).toBe(1);
  const path = (name: string): string => join(data.file("cgi-workbench/traces"), name);
  const isOnDisk = (): boolean => files().some((name) => readFileSync(path(name)).includes("secret-word"));
  expect(isOnDisk()).toBe(true);

  await client.traces.forget();
  expect(isOnDisk()).toBe(false);
  expect(await search(client, "")).toMatchObject({ total: 0, found: [] });
  await get(server.port, "/cgi-bin/echo.sh?later");
  await waitFor("the next one is stored", async () => (await search(client, "body:later")).total === 1);

  await client.traces.setStore({ ...settings, isOn: false });
  await get(server.port, "/cgi-bin/echo.sh?not-any-more");
  expect(await client.traces.store()).toMatchObject({ isStoring: false, traces: 1, settings: { maxAgeDays: 3 } });
  expect((await search(client, "body:not-any-more")).total).toBe(0);
});

test("the settings hold for the next server, unless the command line decides", { timeout: 240_000 }, async () => {
  {
    await using first = await opened();
    const { settings } = await first.client.traces.store();
    await first.client.traces.setStore({ ...settings, isOn: false, maxBytes: 1 << 26 });
  }
  {
    await using next = await opened();
    expect(await next.client.traces.store()).toMatchObject({
      isStoring: false,
      settings: { isOn: false, maxBytes: 1 << 26 },
    });
  }
  await using told = await opened("--store");
  const { settings, isStoring } = await told.client.traces.store();
  expect(isStoring).toBe(true);
  await expect(told.client.traces.setStore(settings)).rejects.toMatchObject({ data: { code: "store-not-settable" } });
});

test("a search that is left ends, and others go on", { timeout: 240_000 }, async () => {
  await using window = await opened("--store");
  for (let n = 0; n < 20; n++) await get(window.server.port, `/cgi-bin/echo.sh?n${n}`);
  await waitFor("all are stored", async () => (await stored(window.client)) === 20);
  for (let n = 0; n < 20; n++) {
    const stop = new AbortController();
    const events = await window.client.traces.list({ ...range, query: "body:needle" }, { signal: stop.signal });
    stop.abort();
    await expect(
      (async () => {
        for await (const event of events) expect(event.kind).toBe("listed");
        stop.signal.throwIfAborted();
      })(),
    ).rejects.toThrow();
  }
  expect((await search(window.client, "body:needle")).total).toBe(20);
});

test("a store is forgotten while it is searched, and serving goes on", { timeout: 240_000 }, async () => {
  await using window = await opened("--store");
  for (let turn = 0; turn < 5; turn++) {
    for (let n = 0; n < 10; n++) await get(window.server.port, `/cgi-bin/echo.sh?n${n}`);
    await waitFor("all are stored", async () => (await stored(window.client)) === 10);
    const searches = Promise.allSettled(Array.from({ length: 20 }, () => search(window.client, "body:needle")));
    await window.client.traces.forget();
    await searches;
  }
  expect(await get(window.server.port, "/cgi-bin/echo.sh?after")).toBe("needle after");
});

test("a search ends when another process replaces the file", { timeout: 240_000 }, async () => {
  {
    await using window = await opened("--store");
    await get(window.server.port, "/cgi-bin/echo.sh?one");
    await waitFor("it is stored", async () => (await stored(window.client)) === 1);
  }
  const file = files().find((name) => name.endsWith(".db")) ?? "";
  const path = join(data.file("cgi-workbench/traces"), file);
  copyFileSync(path, data.file("other.db"));
  multiplyTraces(path, 60_000);
  await using window = await opened("--no-store");
  const { client } = window;
  let replaced: Promise<unknown> | null = null;
  const replace = async (): Promise<void> => {
    for (const part of ["-wal", "-shm"]) rmSync(path + part, { force: true });
    renameSync(data.file("other.db"), path);
    expect(await client.traces.store()).toMatchObject({ traces: 1 });
  };
  // So many take turns: most of them are under way when the first one has found something.
  const searches = Array.from({ length: 20 }, async () => {
    for await (const event of await client.traces.list({ ...range, query: "path:echo" })) {
      if (event.kind === "mistake") throw new Error("a mistake in the query");
      replaced ??= replace();
    }
  });
  await Promise.all(searches);
  await replaced;
  expect((await search(client, "path:echo")).total).toBe(1);
});

test("name, note and tags stay, deletions are undone or overwrite, and searches are saved", {
  timeout: 240_000,
}, async () => {
  let id = "";
  {
    await using window = await opened("--store");
    const { client, server } = window;
    for (const word of ["first", "second", "third"]) await get(server.port, `/cgi-bin/echo.sh?${word}`);
    await waitFor("all are stored", async () => (await stored(client)) === 3);
    const all = await search(client, "");
    id = all.found.find(({ row }) => row.target.endsWith("second"))?.row.id ?? "";
    await client.traces.mark({ id, marks: { name: "The second", note: "as it was", tags: ["cart"] } });
    expect((await search(client, "tag:cart")).found).toMatchObject([{ row: { id, marks: { name: "The second" } } }]);
    expect((await client.traces.next({ since: 0, generation: null, max: 100 })).rows).toContainEqual(
      expect.objectContaining({
        id,
        marks: { name: "The second", note: "as it was", tags: ["cart"], isDeleted: false },
      }),
    );
    const { count, undo } = await client.traces.remove({ ids: [id], query: "path:third", lastSave: null });
    expect(count).toBe(2);
    expect((await search(client, "")).total).toBe(1);
    await client.traces.restore({ undo });
    expect((await search(client, "")).total).toBe(3);
    await expect(client.traces.restore({ undo })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await client.traces.remove({ ids: [], query: "path:third", lastSave: null });
    expect(await client.traces.setSearch({ name: "Carts", query: "tag:cart" })).toHaveLength(1);
    expect((await search(client, "after:save")).mistake).toMatchObject({ why: { code: "query-no-save" } });
    expect((await search(client, "after:save", { lastSave: Date.now() + 60_000 })).total).toBe(0);
  }
  // With the server the time for undoing has ended.
  const [db] = files().filter((name) => name.endsWith(".db"));
  expect(readFileSync(join(data.file("cgi-workbench/traces"), db ?? "")).includes("?third")).toBe(false);
  await using next = await opened("--no-store");
  expect(await next.client.traces.searches()).toEqual([{ name: "Carts", query: "tag:cart" }]);
  expect((await search(next.client, "name:second")).found).toMatchObject([{ row: { id, marks: { tags: ["cart"] } } }]);
  expect(await next.client.traces.setSearch({ name: "Carts", query: "" })).toEqual([]);
});

type Batch = Awaited<ReturnType<RpcClient["traces"]["next"]>>;

/** The rows of a window's list, by their ids, as it pulls them. */
class LiveRows {
  readonly #client: RpcClient;
  readonly #rows = new Map<string, Batch["rows"][number]>();
  readonly #stop = new AbortController();
  #next: { since: number; generation: string | null } = { since: 0, generation: null };
  /** Grows with what others do beside these rows. */
  stored = 0;
  readonly ended: Promise<void>;

  constructor(client: RpcClient) {
    this.#client = client;
    this.ended = this.#pull();
  }

  /** Shown ones, oldest first. */
  get shown(): Batch["rows"] {
    return [...this.#rows.values()].filter(({ marks }) => !marks?.isDeleted).sort((a, b) => a.seq - b.seq);
  }

  row(target: string): Batch["rows"][number] | null {
    return this.shown.find((row) => row.target === target) ?? null;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }

  async #pull(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const batch = await this.#client.traces.next({ ...this.#next, max: 500 }, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        return null;
      });
      if (!batch) return;
      this.#next = { since: batch.next, generation: batch.generation };
      this.stored = batch.stored;
      for (const row of batch.rows) this.#rows.set(row.id, row);
    }
  }
}

const requestOf = (...args: string[]) =>
  commandLine(["request", folder.path, ...args, "--store"], { env: { ...process.env, XDG_DATA_HOME: data.path } });

test("what the command line and a second window store, and write to traces, appears in the first one", {
  timeout: 240_000,
}, async () => {
  await using first = await opened("--store");
  const list = new LiveRows(first.client);
  await get(first.server.port, "/cgi-bin/echo.sh?own");
  const own = await waitFor("the own row", () => list.row("/cgi-bin/echo.sh?own"));
  const [{ exitCode }] = await Promise.all([requestOf("/cgi-bin/echo.sh?elsewhere")]);
  expect(exitCode).toBe(0);
  const other = await waitFor("the row of the command line", () => list.row("/cgi-bin/echo.sh?elsewhere"));
  expect(other.id.slice(9, 15)).not.toBe(own.id.slice(9, 15));
  expect(other).toMatchObject({ status: 200, file: "cgi-bin/echo.sh", pinned: false, marks: null });
  expect(list.shown.map(({ id }) => id)).toEqual([own.id, other.id]);
  expect(await first.client.traces.get({ id: other.id })).toMatchObject({
    id: other.id,
    seq: other.seq,
    outcome: "ok",
  });

  await using second = await opened("--store");
  await get(second.server.port, "/cgi-bin/echo.sh?second");
  await waitFor("the row of the second window's server", () => list.row("/cgi-bin/echo.sh?second"));
  const marks = { name: "Theirs", note: null, tags: ["a"] };
  for (const { id } of [own, other]) {
    await second.client.traces.mark({ id, marks });
    await second.client.traces.pin({ id, pinned: true });
  }
  await waitFor("marks and pins", () =>
    [own, other].every(({ target }) => list.row(target)?.pinned && list.row(target)?.marks?.name === "Theirs"),
  );
  await second.client.traces.pin({ id: own.id, pinned: false });
  await waitFor("no longer pinned", () => list.row(own.target)?.pinned === false);

  const { undo } = await second.client.traces.remove({ ids: [own.id, other.id], query: null, lastSave: null });
  await waitFor("deleted", () => !list.row(own.target) && !list.row(other.target));
  await second.client.traces.restore({ undo });
  await waitFor("shown again", () => list.row(own.target) && list.row(other.target));
  expect(list.row(other.target)).toMatchObject({ pinned: true, marks });

  // The same from the window that shows them: at once, and in the store.
  await first.client.traces.mark({ id: other.id, marks: { ...marks, name: "Ours" } });
  await waitFor("the new name", () => list.row(other.target)?.marks?.name === "Ours");
  expect((await search(second.client, "name:Ours")).total).toBe(1);

  const before = list.stored;
  await first.client.traces.get({ id: other.id });
  await second.client.traces.forget();
  await waitFor("nothing is stored", () => list.stored > before && list.row(other.target) === null);
  await expect(first.client.traces.get({ id: other.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(list.row(own.target)).not.toBeNull(); // in memory
  await list.stop();
});
