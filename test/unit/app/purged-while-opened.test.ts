// A trace that is read while its deletion is carried out must not stay in memory.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoredFolder } from "../../../server/app/stored-folder.js";
import { ProblemError } from "../../../server/base/problem.js";
import { storeMessage } from "../../../server/store/messages.js";
import { handedOver, TraceEncoder } from "../../../server/trace/codec/encode-trace.js";
import { traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let stores: StoredFolder;
beforeEach(async () => {
  folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  stores = new StoredFolder({ write: () => {} }, "never", { get: () => null });
  await stores.turnTo(folder.path);
});
afterEach(async () => {
  await stores.close();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const failure = new ProblemError(storeMessage("store-unreadable", { path: "a.db", systemText: "locked" }));

test.each([
  { how: "succeeds", why: null },
  { how: "fails", why: failure },
])("what was opened during a purge is read again when that $how", async ({ why }) => {
  const { reader } = stores;
  const trace = traceOf({ seq: 1 });
  const ask = vi.spyOn(reader, "ask").mockResolvedValue(handedOver(new TraceEncoder().encode(trace)));
  vi.spyOn(reader, "purge").mockImplementation(async () => {
    expect(await stores.open(trace.id)).toMatchObject({ id: trace.id }); // its row is dropped only after this
    if (why) throw why;
    return 1;
  });
  await stores.purge(5);
  expect(stores.opened(trace.id)).toBeNull();
  ask.mockResolvedValue(null);
  expect(await stores.open(trace.id)).toBeNull();
});

test("a purge while the folder is left has little time, and another one before it ends", async () => {
  const { reader } = stores;
  const calls: string[] = [];
  const purge = vi.spyOn(reader, "purge").mockImplementation(async () => calls.push("purge"));
  vi.spyOn(reader, "endPurges").mockImplementationOnce(async () => void calls.push("end"));
  await stores.purge(4);
  stores.beforeClose = () => stores.purge(5);
  const before = performance.now();
  await stores.close();
  expect(calls).toEqual(["purge", "end", "purge"]);
  const [whole, brief] = purge.mock.calls;
  expect(whole).toEqual([4, 4, null]);
  expect(brief?.[2]).toBeGreaterThan(before);
  expect(brief?.[2]).toBeLessThan(performance.now() + 5000);
});
