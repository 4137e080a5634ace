// The memory of one start in C's layout: NUL-terminated strings in one block, and tables of their addresses. Reused.
import type { ByteString } from "../../contract/bytes-text.js";
import type { Libc } from "./libc.js";

const firstBlockBytes = 16 << 10;
/** A block that had to grow beyond this is released after the start. */
const maxKeptBlockBytes = 1 << 20;
const firstTableEntries = 512;
const addressBytes = 8n;

export class SpawnBlock {
  /** Addresses, valid until the next `pack`. */
  file = 0n;
  cwd = 0n;
  argv = 0n;
  envp = 0n;
  readonly #libc: Libc;
  // "Slow": not from Node's pool, so the memory belongs to the buffer and never moves.
  #block = Buffer.allocUnsafeSlow(firstBlockBytes);
  #table = new BigUint64Array(firstTableEntries);

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** No string may contain a NUL: C would end it there. */
  pack(file: ByteString, cwd: ByteString, argv: readonly ByteString[], env: readonly ByteString[]): void {
    this.#makeRoom([file, cwd, ...argv, ...env], argv.length + env.length + 2);
    const base = this.#libc.address(this.#block);
    const table = this.#libc.address(this.#table);
    let used = 0;
    const put = (text: ByteString): bigint => {
      const address = base + BigInt(used);
      used += this.#block.write(text, used, "latin1");
      this.#block[used++] = 0;
      return address;
    };
    let entry = 0;
    for (const argument of argv) this.#table[entry++] = put(argument);
    this.#table[entry++] = 0n;
    this.argv = table;
    this.envp = table + BigInt(entry) * addressBytes;
    for (const variable of env) this.#table[entry++] = put(variable);
    this.#table[entry] = 0n;
    this.file = put(file);
    this.cwd = put(cwd);
  }

  #makeRoom(strings: readonly ByteString[], entries: number): void {
    let bytes = 0;
    for (const text of strings) bytes += text.length + 1;
    if (bytes > this.#block.length) this.#block = Buffer.allocUnsafeSlow(bytes * 2);
    else if (this.#block.length > maxKeptBlockBytes && bytes <= firstBlockBytes)
      this.#block = Buffer.allocUnsafeSlow(firstBlockBytes);
    if (entries > this.#table.length) this.#table = new BigUint64Array(entries * 2);
  }
}
