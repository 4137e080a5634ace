// `traces --har` writes more than the memory could hold: what was read is written before more is read.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { trace } from "../../../server/cli/trace.js";
import { traces } from "../../../server/cli/traces.js";
import { UsageError } from "../../../server/cli/usage/usage.js";
import { storePath } from "../../../server/store/store-path.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const count = 12;
let folder: TempFolder;
let home: TempFolder;
let words = "";

beforeEach(() => {
  [folder, home, words] = [tempFolder(), tempFolder(), ""];
  vi.stubEnv("XDG_DATA_HOME", home.path);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    words += String(text);
    return true;
  });
  using stored = new StoredTraces(storePath(folder.path));
  expect(stored.writer.open()).toBe(true);
  const body = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_, at) => (at * at * 31) >> 7));
  for (let seq = 1; seq <= count; seq++)
    stored.store(traceOf({ seq, method: "POST", body, header: ["Cookie", "id=a-secret"] }));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
  home[Symbol.dispose]();
});

test("a file is written while the traces are read, and is there as a whole", async () => {
  const out = folder.file("out");
  folder.makeFolder("out");
  const sizes: number[] = [];
  const get = StoreReader.prototype.get;
  vi.spyOn(StoreReader.prototype, "get").mockImplementation(function (this: StoreReader, id) {
    const files = readdirSync(out);
    expect(files).not.toContain("a.har");
    sizes.push(files.reduce((bytes, name) => bytes + statSync(`${out}/${name}`).size, 0));
    return get.call(this, id);
  });
  expect(await traces([folder.path, "", "--har", `${out}/a.har`])).toBe(0);
  const file = readFileSync(`${out}/a.har`);
  expect(sizes).toHaveLength(count);
  expect(sizes.at(-1)).toBeGreaterThan(file.length / 3);
  expect(readdirSync(out)).toEqual(["a.har"]);
  expect(statSync(`${out}/a.har`).mode & 0o777).toBe(0o600);
  expect(file.toString() === `${JSON.stringify(JSON.parse(file.toString()))}\n`).toBe(true);
  expect(readTraces("a.har", file).map(({ request }) => request.body.bytes)).toEqual(Array(count).fill(1 << 20));
  expect(words).toMatch(/^Masked: Cookie\b.* --secrets keeps the values\.\n$/);
});

test("on standard output, with a limit", async () => {
  let text = "";
  vi.spyOn(process.stdout, "write").mockImplementation((piece, done) => {
    text += typeof piece === "string" ? piece : Buffer.from(piece).toString();
    if (typeof done === "function") setImmediate(done);
    return false;
  });
  expect(await traces([folder.path, "", "--har", "-", "--limit", "2", "--secrets"])).toBe(0);
  expect(readTraces("a.har", Buffer.from(text)).map(({ startedAt }) => Date.parse(startedAt) % 1000)).toEqual([11, 12]);
  expect(words).toContain("Has the values of Cookie.");
  expect(words).toContain(`2 of ${count}. --limit N writes more.`);
});

test("Ctrl+C while it is written leaves no file behind", async () => {
  const out = folder.file("out");
  folder.makeFolder("out");
  const get = StoreReader.prototype.get;
  let calls = 0;
  vi.spyOn(StoreReader.prototype, "get").mockImplementation(function (this: StoreReader, id) {
    if (++calls === count / 2) process.emit("SIGINT", "SIGINT");
    return get.call(this, id);
  });
  expect(await traces([folder.path, "", "--har", `${out}/a.har`])).toBe(130);
  expect(calls).toBeLessThan(count);
  expect(readdirSync(out)).toEqual([]);
});

test("what hides values or keeps them belongs to a form that does so: no value is printed", async () => {
  const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  for (const option of [["--hide", "Cookie"], ["--secrets"]]) {
    await expect(trace([folder.path, "id", "--json", ...option])).rejects.toThrow(UsageError);
    for (const form of [[], ["--json"]])
      await expect(traces([folder.path, "", ...form, ...option])).rejects.toThrow(UsageError);
  }
  const both = ["--secrets", "--hide", "Cookie"];
  await expect(trace([folder.path, "id", "--as", "curl", ...both])).rejects.toThrow(UsageError);
  await expect(traces([folder.path, "", "--har", "-", ...both])).rejects.toThrow(UsageError);
  expect(printed).not.toHaveBeenCalled();
});

test("what cannot be written leaves nothing behind, and what there was", async () => {
  folder.makeFolder("taken");
  await expect(traces([folder.path, "", "--har", folder.file("taken")])).rejects.toThrow(ProblemError);
  await expect(traces([folder.path, "", "--har", folder.file("missing/a.har")])).rejects.toThrow(/ENOENT/);
  expect(readdirSync(folder.path)).toEqual(["taken"]);
});
