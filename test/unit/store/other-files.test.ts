// What lies in the place of the file with the stored traces, and is none.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NewerSchemaError, schemaVersion } from "../../../server/store/store-file.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let path: string;
beforeEach(() => {
  folder = tempFolder();
  path = folder.file("traces/a.db");
});
afterEach(() => folder[Symbol.dispose]());

const seqs = (store: StoredTraces): number[] => store.find("").rows.map(({ id }) => Number(id.split("-")[1]));

function opened(): StoredTraces {
  const store = new StoredTraces(path);
  expect(store.writer.open()).toBe(true);
  return store;
}

test.each([
  "pragma user_version=0",
  "pragma user_version=7; drop table segment",
  "pragma user_version=-1",
  "drop table grams",
  "drop table mark",
  "drop trigger dropped",
  "drop index pinned",
  "alter table trace drop column sender",
  "alter table segment add column more",
  "create table more(a)",
])("is set aside when its tables are others: %s (C13)", (change) => {
  {
    using store = opened();
    store.store(traceOf({ seq: 1 }));
  }
  const database = new DatabaseSync(path);
  database.exec(change);
  database.close();
  const before = readFileSync(path);
  expect(() => new StoreReader(path)).toThrow("the tables are");
  expect(readFileSync(path)).toEqual(before);
  using store = opened();
  store.store(traceOf({ seq: 2 }));
  expect([store.codes, seqs(store)]).toEqual([["store-damaged"], [2]]);
  expect(readFileSync(String(store.messages[0]?.data?.["path"]))).toEqual(before);
});

test("is set aside when an earlier version wrote it, and that is said (C13)", () => {
  {
    using store = opened();
    store.store(traceOf({ seq: 1 }));
  }
  const database = new DatabaseSync(path);
  database.exec(`alter table trace drop column sender; pragma user_version=${schemaVersion - 1}`);
  database.close();
  expect(() => new StoreReader(path)).toThrow("an earlier version");
  using store = opened();
  store.store(traceOf({ seq: 2 }));
  expect([store.codes, seqs(store)]).toEqual([["store-earlier"], [2]]);
});

test("another program's database is set aside as it is, in its own journal mode (C13)", () => {
  folder.makeFolder("traces");
  const database = new DatabaseSync(path);
  database.exec("create table trace(a); insert into trace values('theirs'); create table sqlitething(b)");
  database.close();
  const before = readFileSync(path);
  expect(() => new StoreReader(path)).toThrow("another program");
  using store = opened();
  store.store(traceOf({ seq: 1 }));
  expect([store.codes, seqs(store)]).toEqual([["store-damaged"], [1]]);
  expect(readFileSync(String(store.messages[0]?.data?.["path"]))).toEqual(before);
});

test("a newer version's file is left as it is (C13)", () => {
  folder.makeFolder("traces");
  const database = new DatabaseSync(path);
  database.exec(`create table trace(newer); pragma user_version=${schemaVersion + 1}`);
  database.close();
  const before = readFileSync(path);
  const store = new StoredTraces(path);
  expect([store.writer.open(), store.codes]).toEqual([false, ["store-newer"]]);
  expect(() => new StoreReader(path)).toThrow(NewerSchemaError);
  expect(readFileSync(path)).toEqual(before);
});

test.skipIf(program("mkfifo") === null)("is not waited for when a pipe is in its place (C15) (needs mkfifo)", () => {
  folder.makeFolder("traces");
  execFileSync("mkfifo", [path]);
  const store = new StoredTraces(path);
  expect([store.writer.open(), store.codes]).toEqual([false, ["store-failed"]]);
  expect(() => store.find("")).toThrow("not a regular file");
});

test("keeps the mode of a link's target", () => {
  folder.makeFolder("traces");
  writeFileSync(folder.file("elsewhere.db"), "", { mode: 0o644 });
  symlinkSync(folder.file("elsewhere.db"), path);
  using store = opened();
  store.store(traceOf({ seq: 1 }));
  expect([statSync(path).mode & 0o777, seqs(store)]).toEqual([0o644, [1]]);
});
