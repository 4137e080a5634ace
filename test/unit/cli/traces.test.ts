// `traces`: what a query on the command line may be.
import { utimesSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { traces } from "../../../server/cli/traces.js";
import { UsageError } from "../../../server/cli/usage/usage.js";
import { storedTraces } from "../../../server/contract/command-output.js";
import { maxQueryLength } from "../../../server/contract/limits.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { storePath } from "../../../server/store/store-path.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let home: TempFolder;
beforeEach(() => {
  [folder, home] = [tempFolder(), tempFolder()];
  vi.stubEnv("XDG_DATA_HOME", home.path);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
  home[Symbol.dispose]();
});

/** How many traces the query finds. */
async function found(query: string): Promise<number> {
  let text = "";
  vi.spyOn(process.stdout, "write").mockImplementation((piece) => {
    text += String(piece);
    return true;
  });
  expect(await traces([folder.path, query, "--json"])).toBe(0);
  return storedTraces.parse(JSON.parse(text)).total;
}

test("the last save is looked up for a query that has it, however it is written", async () => {
  const savedAt = 1_700_000_000_000;
  folder.write("a.py", "");
  utimesSync(folder.file("a.py"), savedAt / 1000, savedAt / 1000);
  using stored = new StoredTraces(storePath(folder.path));
  expect(stored.writer.open()).toBe(true);
  for (const [seq, startedAt] of [savedAt - 5, savedAt + 5, savedAt + 6].entries()) {
    const trace = traceOf({ seq: seq + 1, startedAt });
    trace.route = { ...trace.route, file: utf8(folder.file("a.py")) };
    stored.store(trace);
  }
  for (const save of ["save", '"save"', 'sa"ve"'])
    expect([await found(`after:${save}`), await found(`before:${save}`)]).toEqual([2, 1]);
  expect(await found('":save"')).toBe(0);
});

test("a query that is too long is wrong use, and one of the greatest length is not", async () => {
  expect(await found("x".repeat(maxQueryLength))).toBe(0);
  await expect(traces([folder.path, "x".repeat(maxQueryLength + 1)])).rejects.toThrow(UsageError);
});
