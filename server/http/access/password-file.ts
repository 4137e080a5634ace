// An htpasswd file: users and password hashes, a line each. Read when it is asked for and again when its stat has
// changed, so that a new password applies at once.
import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { errorCode, NotRegularFile, readBounded } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import { isSettled, sameFile } from "../../routing/file-facts.js";

const maxPasswordFileBytes = 1 << 20;

/** Hash by user; of a user who is there twice the first counts, as in Apache. */
type PasswordTable = ReadonlyMap<ByteString, ByteString>;

type UnusableFile =
  | { readonly problem: "missing" | "not-regular" }
  | { readonly problem: "too-large"; readonly limitBytes: number }
  | { readonly problem: "unreadable"; readonly errno: string };

export function parsePasswordFile(bytes: Uint8Array): PasswordTable {
  const users = new Map<ByteString, ByteString>();
  for (const line of fromBytes(bytes).split(/\r?\n/)) {
    const [user = "", hash = ""] = line.split(":");
    if (user === "" || line.startsWith("#") || users.has(byteString(user))) continue;
    users.set(byteString(user), byteString(hash.trimEnd()));
  }
  return users;
}

export class PasswordFiles {
  readonly #known = new Map<string, { readonly stats: Stats; readonly table: PasswordTable }>();

  /** The file's users, or why it cannot be read. */
  async read(file: string): Promise<PasswordTable | UnusableFile> {
    try {
      const stats = await stat(file);
      const known = this.#known.get(file);
      if (known && sameFile(known.stats, stats)) return known.table;
      const read = await readBounded(file, maxPasswordFileBytes);
      if (read.kind === "too-large") return { problem: "too-large", limitBytes: maxPasswordFileBytes };
      const table = parsePasswordFile(read.bytes);
      if (isSettled(stats)) this.#known.set(file, { stats, table });
      else this.#known.delete(file);
      return table;
    } catch (error) {
      if (error instanceof NotRegularFile) return { problem: "not-regular" };
      const code = errorCode(error);
      if (code === "") throw error;
      return code === "ENOENT" ? { problem: "missing" } : { problem: "unreadable", errno: code };
    }
  }
}
