// The one list of traces, through the built server: running, ended and stored traces, by pages, around a trace,
// filtered, in order, deleted, cleared, and the same where nothing is stored.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ListEvent } from "../../../server/contract/traces-contract.js";
import type { RpcClient } from "../../support/rpc-windows.js";
import { type ServedWindow, servedFolders, servedWindow } from "../../support/served-window.js";
import type { TempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let data: TempFolder;
beforeEach(() => {
  ({ folder, data } = servedFolders({
    "echo.sh": `printf 'Content-Type: text/plain\\n\\nneedle %s' "$QUERY_STRING"`,
    "slow.sh": "until [ -e ../go ]; do sleep 0.05; done; printf 'Content-Type: text/plain\\n\\n'",
  }));
});
afterEach(() => {
  folder[Symbol.dispose]();
  data[Symbol.dispose]();
});

const opened = (...more: string[]): Promise<ServedWindow> => servedWindow(folder, data, ...more);

const get = (window: ServedWindow, query: string) =>
  fetch(`http://127.0.0.1:${window.server.port}/cgi-bin/echo.sh?${query}`).then((response) => response.text());

type Call = Parameters<RpcClient["traces"]["list"]>[0];
type Listed = Extract<ListEvent, { readonly kind: "listed" }>;

async function listed({ client }: ServedWindow, call: Partial<Call> = {}): Promise<Listed> {
  const whole = { query: "", order: null, first: 0, count: 100, around: null, since: null, isCleared: false };
  let last: Listed | null = null;
  for await (const event of await client.traces.list({ ...whole, until: null, lastSave: null, ...call }))
    if (event.kind === "listed") last = event;
  if (last === null) throw new Error("The list has no answer.");
  return last;
}

const seqs = ({ found }: Listed): number[] => found.map(({ row }) => row.seq);
const ids = ({ found }: Listed): string[] => found.map(({ row }) => row.id);

/** The list, again with each new version, until it is as wanted. */
async function until(
  window: ServedWindow,
  isWanted: (list: Listed) => boolean,
  call: Partial<Call> = {},
): Promise<Listed> {
  for (let list = await listed(window, call); ; list = await listed(window, { ...call, since: list.version }))
    if (isWanted(list)) return list;
}

describe.each([
  ["stored", []],
  ["not stored", ["--no-store"]],
])("where traces are %s", (_, options) => {
  test("each request is listed once, from its end on, at every place", async () => {
    await using window = await opened(...options);
    for (let seq = 1; seq <= 12; seq++) {
      await get(window, `n=${seq}`);
      const list = await until(window, ({ total }) => total >= seq);
      expect(seqs(list)).toEqual(Array.from({ length: seq }, (_, index) => seq - index));
    }
    const all = ids(await listed(window));
    for (let first = 0; first < 12; first += 5) {
      const page = await listed(window, { first, count: 5 });
      expect([ids(page), page.total, page.all]).toEqual([all.slice(first, first + 5), 12, 12]);
    }
    const around = await listed(window, { around: { id: all[7] ?? "", before: 2 }, count: 4 });
    expect([around.first, ids(around)]).toEqual([5, all.slice(5, 9)]);
  });

  test("it is filtered, put in order, and without what was deleted until that is undone", async () => {
    await using window = await opened(...options);
    for (let n = 1; n <= 6; n++) await get(window, `n=${n % 2 === 0 ? "even" : "odd"}${n}`);
    await until(window, ({ total }) => total === 6);
    const even = { query: "path:even" };
    expect([seqs(await listed(window, even)), (await listed(window, even)).all]).toEqual([[6, 4, 2], 6]);
    const order = { column: "seq", isDescending: false } as const;
    expect(seqs(await until(window, (list) => seqs(list)[0] === 1, { order }))).toEqual([1, 2, 3, 4, 5, 6]);
    const { count, undo } = await window.client.traces.remove({ ids: [], query: "path:even", lastSave: null });
    expect(count).toBe(3);
    expect(seqs(await until(window, ({ total }) => total === 3))).toEqual([5, 3, 1]);
    await window.client.traces.restore({ undo });
    expect(seqs(await until(window, ({ total }) => total === 6))).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test("a pinned trace comes first, and stays when the list is cleared", async () => {
    await using window = await opened(...options);
    for (let n = 1; n <= 3; n++) await get(window, `n=${n}`);
    const list = await until(window, ({ total }) => total === 3);
    await window.client.traces.pin({ id: ids(list)[2] ?? "", pinned: true });
    expect(seqs(await until(window, (now) => seqs(now)[0] === 1))).toEqual([1, 3, 2]);
    await window.client.traces.clear();
    await get(window, "n=4");
    const cleared = await until(window, (now) => seqs(now).includes(4), { isCleared: true });
    expect(seqs(cleared)).toEqual([1, 4]);
  });

  test("a request that runs is listed, and one that begins later than a moment is not", async () => {
    await using window = await opened(...options);
    await get(window, "n=1");
    const moment = Date.now();
    const slow = fetch(`http://127.0.0.1:${window.server.port}/cgi-bin/slow.sh`);
    const running = await until(window, ({ total }) => total === 2);
    expect(running.found.map(({ row }) => row.outcome)).toEqual([null, "ok"]);
    expect(seqs(await listed(window, { until: moment }))).toEqual([1]);
    folder.write("go", "");
    await slow;
    await until(window, ({ found }) => found.length === 2 && found.every(({ row }) => row.outcome !== null));
  });
});

test("a request keeps its place: below those that began later, while it runs, when it has ended, and after a restart", async () => {
  {
    await using window = await opened();
    await get(window, "n=1");
    const slow = fetch(`http://127.0.0.1:${window.server.port}/cgi-bin/slow.sh`);
    await until(window, ({ total }) => total === 2);
    for (let n = 3; n <= 5; n++) await get(window, `n=${n}`);
    const isStored = async () => (await window.client.traces.store()).traces === 4;
    const running = await until(window, ({ total }) => total === 5);
    await expect.poll(isStored).toBe(true); // four in the file, and the one that runs among them
    expect([seqs(running), seqs(await listed(window))]).toEqual([
      [5, 4, 3, 2, 1],
      [5, 4, 3, 2, 1],
    ]);
    expect(seqs(await listed(window, { first: 2, count: 2 }))).toEqual([3, 2]);
    expect(seqs(await listed(window, { query: "path:cgi" }))).toEqual([5, 4, 3, 2, 1]);
    folder.write("go", "");
    await slow;
    const ended = await until(window, ({ found }) => found.every(({ row }) => row.outcome !== null));
    expect(seqs(ended)).toEqual([5, 4, 3, 2, 1]);
  }
  await using window = await opened();
  expect(seqs(await listed(window))).toEqual([5, 4, 3, 2, 1]);
  expect(seqs(await listed(window, { query: "path:cgi", first: 1, count: 3 }))).toEqual([4, 3, 2]);
});

test("traces of earlier sessions follow, and text in their bodies is found", async () => {
  {
    await using window = await opened();
    for (let n = 1; n <= 3; n++) await get(window, `n=${n}`);
    await until(window, ({ total }) => total === 3);
  }
  await using window = await opened();
  await get(window, "n=4");
  const list = await until(window, ({ total }) => total === 4);
  expect(seqs(list)[0]).toBeGreaterThan(3);
  expect(seqs(list).slice(1)).toEqual([3, 2, 1]);
  const found = await until(window, ({ total }) => total === 4, { query: "body:needle" });
  expect(found.found.every(({ hit }) => hit?.part === "response-body")).toBe(true);
});
