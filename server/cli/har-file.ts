// The traces of a folder as one HAR file. It may be larger than the memory, so it is read and written piece by piece.
import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { systemReason } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import type { TraceQuery } from "../protocol/trace-query.js";
import { HarExport } from "../trace/formats/export-trace.js";
import { exportMessage } from "../trace/formats/messages.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { tellSecrets } from "./exported.js";
import { readStore } from "./stored.js";

/** So much text is made from the store before it is closed and the text written. */
const pieceLength = 4 << 20;

interface HarOptions {
  readonly folder: string;
  /** Null: all. */
  readonly limit: number | null;
  readonly isMasked: boolean;
  readonly hidden: readonly string[];
}

/**
 * Writes what was found, the oldest first, as HAR wants it: to a file that only this user may read, for "-" to standard
 * output.
 * @throws ProblemError
 */
export async function writeHar(
  { folder, limit, ...options }: HarOptions,
  query: TraceQuery,
  file: string,
): Promise<{ readonly total: number; readonly written: number }> {
  const { total, ids } = await readStore(folder, (store) => {
    const found = store?.find(query, limit ?? Number.MAX_SAFE_INTEGER) ?? { total: 0, rows: [] };
    return { total: found.total, ids: found.rows.map(({ id }) => id).reverse() };
  });
  let written = 0;
  async function* pieces(): AsyncGenerator<string | Uint8Array> {
    const har = new HarExport(options);
    for (let at = 0; at < ids.length; )
      yield await readStore(folder, (store) => {
        let piece = "";
        for (; at < ids.length && piece.length < pieceLength; at++) {
          const trace = store?.get(ids[at] ?? "");
          if (!trace) continue; // evicted meanwhile
          piece += har.add(toTraceJson(trace));
          written++;
        }
        return piece;
      });
    const end = har.end();
    tellSecrets(end, options.isMasked ? "--secrets" : "Without --secrets it"); // before the file is there
    yield end.bytes;
  }
  await (file === "-" ? print(pieces()) : replaceFile(resolve(file), pieces()));
  return { total, written };
}

/** Ends when nobody reads any more (`| head`). */
async function print(pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    const isTaken = await new Promise((taken) => process.stdout.write(piece, (error) => taken(!error)));
    if (!isTaken) return;
  }
}

/** Another process finds the old file or the new one, as a whole. */
async function replaceFile(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, pieces, { flag: "wx", mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // the failure before is the one to report
    if (!(error instanceof Error && "syscall" in error)) throw error; // of the store
    throw new ProblemError(exportMessage("not-written", { path, systemText: systemReason(error) }), { cause: error });
  }
}
