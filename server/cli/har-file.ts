// The traces of a folder as one HAR file. It may be larger than the memory, so it is read and written piece by piece.
import type { TraceQuery } from "../formats/query/trace-query.js";
import { HarExport } from "../trace/formats/export-trace.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { tellSecrets } from "./exported.js";
import { writeOutput } from "./output-file.js";
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
 * output. Resolves with the exit code, too.
 * @throws ProblemError
 */
export async function writeHar(
  { folder, limit, ...options }: HarOptions,
  query: TraceQuery,
  file: string,
): Promise<{ readonly total: number; readonly written: number; readonly exitCode: number }> {
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
          const trace = store?.getSound(ids[at] ?? "");
          if (!trace) continue; // evicted meanwhile, or damaged
          piece += har.add(toTraceJson(trace));
          written++;
        }
        return piece;
      });
    const end = har.end();
    tellSecrets(end, options.isMasked ? "--secrets" : "Without --secrets it"); // before the file is there
    yield end.bytes;
  }
  const exitCode = await (file === "-" ? print(pieces()) : writeOutput(file, pieces()));
  return { total, written, exitCode };
}

/** Ends when nobody reads any more (`| head`). */
async function print(pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  for await (const piece of pieces) {
    const isTaken = await new Promise((taken) => process.stdout.write(piece, (error) => taken(!error)));
    if (!isTaken) break;
  }
  return 0;
}
