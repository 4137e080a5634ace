// Writes the scripts that ran into the file, each version once, for the store's own thread.
// There are few: the file is opened for each.
import { createHash } from "node:crypto";
import { maxScriptVersionBytes, maxStoredVersionsBytes } from "../contract/limits.js";
import type { ProblemMessage } from "../contract/problem.js";
import { storeMessage } from "./messages.js";
import { type Database, inTransaction, lockedMs, openForWriting, type StoreFileOptions } from "./store-file.js";
import { versionKey } from "./version-key.js";

/** A script as a request ran it. */
export interface ScriptVersion {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

interface VersionWriterOptions extends StoreFileOptions {
  readonly path: string;
  /** The limit of the whole file. */
  readonly maxBytes: number;
}

/** All versions together take at most this part of what the file may take. */
const shareOfStore = 1 / 8;
/** A version that ran so lately may have traces that are not in the file yet. */
const youngMs = 3_600_000;

export class VersionWriter {
  readonly #options: VersionWriterOptions;
  readonly #tell: (message: ProblemMessage) => void;

  constructor(options: VersionWriterOptions, tell: (message: ProblemMessage) => void) {
    this.#options = options;
    this.#tell = tell;
  }

  /** Does not throw: what cannot be stored is reported. */
  keep({ hash, bytes }: ScriptVersion): void {
    if (bytes.length > maxScriptVersionBytes) return;
    const { path, maxBytes } = this.#options;
    try {
      const database = openForWriting(path, this.#options);
      try {
        database.exec(`pragma busy_timeout=${lockedMs}`);
        const most = Math.min(maxStoredVersionsBytes, maxBytes * shareOfStore);
        inTransaction(database, () => write(database, { hash, bytes }, most));
      } finally {
        database.close();
      }
    } catch (error) {
      const systemText = error instanceof Error ? error.message : String(error);
      this.#tell(storeMessage("version-not-stored", { path, systemText }));
    }
  }
}

function write(database: Database, { hash, bytes }: ScriptVersion, maxBytes: number): void {
  const now = Date.now();
  const known = database.prepare("update version set ran=? where hash=?").run(now, Buffer.from(hash, "hex"));
  if (known.changes > 0) return;
  database
    .prepare("insert into version(hash,key,ran,bytes) values(?,?,?,?)")
    .run(Buffer.from(hash, "hex"), versionKey(hash), now, bytes);
  makeRoom(database, now, maxBytes);
}

/** First those that no trace needs any more leave, then those that ran least lately. */
function makeRoom(database: Database, now: number, maxBytes: number): void {
  database
    .prepare("delete from version where ran < ? and key not in (select version from trace where version is not null)")
    .run(now - youngMs);
  const sizes: { id: number; bytes: number }[] = database
    .prepare("select id, length(bytes) bytes from version order by ran desc, id desc")
    .all();
  const remove = database.prepare("delete from version where id=?");
  let sum = 0;
  for (const { id, bytes } of sizes) {
    sum += bytes;
    if (sum > maxBytes) remove.run(id);
  }
}

/** Null: it is not kept, or damaged. */
export function readVersion(database: Database, hash: string): Uint8Array | null {
  const row: { bytes: Uint8Array } | undefined = database
    .prepare("select bytes from version where hash=?")
    .get(Buffer.from(hash, "hex"));
  if (!row || createHash("sha256").update(row.bytes).digest("hex") !== hash) return null;
  return Uint8Array.from(row.bytes);
}
