// Puts the traces of a file into a folder's store. They are pinned: what was imported does not leave because it is old.
import { randomBytes } from "node:crypto";
import { ProblemError } from "../../base/problem.js";
import type { ProblemMessage } from "../../contract/problem.js";
import type { TraceJson } from "../../contract/trace.js";
import { idTime } from "../../protocol/trace-id.js";
import { storeMessage } from "../../store/messages.js";
import { storePath } from "../../store/store-path.js";
import type { StoreReader } from "../../store/store-reader.js";
import { readStoreSettings } from "../../store/store-settings.js";
import { TraceStore } from "../../store/trace-store.js";
import { TraceEncoder } from "../../trace/codec/encode-trace.js";
import { fromTraceJson } from "../../trace/formats/read-trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { readStoreOf } from "./read-store.js";

export interface Imported {
  /** In the order of the file. */
  readonly ids: readonly string[];
  /** How many of them lost the bytes of their streams: the store takes no trace of more than 4 MiB. */
  readonly shortened: number;
}

/** `root`: the workspace's folder, absolute and without links. @throws ProblemError if they cannot be stored */
export async function importTraces(root: string, traces: readonly TraceJson[]): Promise<Imported> {
  const records = readStoreOf(root, (reader) => withFreshIds(traces.map(fromTraceJson), reader));
  await store(root, records);
  return readStoreOf(root, (reader) => {
    const isShortened = (record: TraceRecord): boolean => {
      const found = reader?.get(record.id) ?? null;
      return found === null || keptBytes(found) < keptBytes(record);
    };
    return { ids: records.map(({ id }) => id), shortened: records.filter(isShortened).length };
  });
}

const keptBytes = ({ request, stdout, stderr, response }: TraceRecord): number =>
  request.body.captured + (stdout?.captured ?? 0) + (stderr?.captured ?? 0) + (response?.body.captured ?? 0);

async function store(root: string, records: readonly TraceRecord[]): Promise<void> {
  const messages: ProblemMessage[] = [];
  // The server of the folder tells why they are not valid.
  const { maxBytes, maxAgeDays } = await readStoreSettings(root, () => undefined);
  const maxAgeMs = maxAgeDays * 86_400_000;
  const traces = new TraceStore({ root, maxBytes, maxAgeMs, onMessage: (message) => messages.push(message) });
  const encoder = new TraceEncoder();
  for (const record of records) {
    await traces.sink.room(record);
    traces.sink.ended(record, encoder.encode(record));
  }
  await traces.close();
  const failed = messages.find(({ code }) => code === "store-failed" || code === "store-full");
  if (!failed) return;
  const path = storePath(root);
  throw new ProblemError(
    failed.code === "store-full"
      ? storeMessage("store-full", { path })
      : storeMessage("store-failed", { path, systemText: String(failed.data?.["systemText"] ?? "") }),
  );
}

/**
 * Each keeps its id, unless the store has one with it already, or it is none of ours: then it gets the next number of
 * this import, in the order of time.
 */
function withFreshIds(records: readonly TraceRecord[], reader: StoreReader | null): readonly TraceRecord[] {
  const run = randomBytes(3).toString("hex");
  const ids = new Map<TraceRecord, string>();
  const given = new Set<string>();
  const isFree = (id: string): boolean => !given.has(id) && reader?.has(id) !== true;
  let number = 0;
  for (const record of records.toSorted((one, other) => one.startedAt - other.startedAt)) {
    let { id } = record;
    if (!/^[0-9a-z]{9}[0-9a-f]{6}-\d{1,15}$/.test(id) || !isFree(id))
      do id = `${idTime(record.startedAt)}${run}-${++number}`;
      while (!isFree(id));
    given.add(id);
    ids.set(record, id);
  }
  return records.map((record) => ({ ...record, id: ids.get(record) ?? record.id, pinned: true }));
}
