// A trace that is read while its deletion is carried out must not stay in memory.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoredFolder } from "../../../server/app/stored-folder.js";
import { ProblemError } from "../../../server/base/problem.js";
import { storeMessage } from "../../../server/trace/store/messages.js";
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
  if (!reader) throw new Error("no folder is open");
  const trace = traceOf({ seq: 1 });
  const get = vi.spyOn(reader, "get").mockResolvedValue(trace);
  vi.spyOn(reader, "purge").mockImplementation(async () => {
    expect(await stores.open(trace.id)).toBe(trace); // its row is dropped only after this
    if (why) throw why;
    return 1;
  });
  await stores.purge(5);
  expect(stores.opened(trace.id)).toBeNull();
  get.mockResolvedValue(null);
  expect(await stores.open(trace.id)).toBeNull();
});
