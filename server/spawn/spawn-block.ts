// The memory of one start as C wants it: NUL-ended strings in one block, and tables of their addresses. Reused from start to start.
import type { ByteString } from "../contract/bytes-text.js";
import type { Libc } from "./libc.js";

const firstBlockBytes = 128 << 10;
/** A block that had to grow beyond this is given back after the start. */
const maxKeptBlockBytes = 1 << 20;
const firstTableEntries = 512;
const addressBytes = 8n;

interface PackedStart {
  readonly file: bigint;
  readonly cwd: bigint;
  readonly argv: bigint;
  readonly envp: bigint;
}

export class SpawnBlock {
  readonly #libc: Libc;
  // "Slow": not from Node's pool, so the memory is the buffer's own and stays where it is.
  #block = Buffer.allocUnsafeSlow(firstBlockBytes);
  #table = new BigUint64Array(firstTableEntries);

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** Addresses good until the next `pack`. No string may hold a NUL: C would cut it there. */
  pack(file: ByteString, cwd: ByteString, argv: readonly ByteString[], env: readonly ByteString[]): PackedStart {
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
    const envp = table + BigInt(entry) * addressBytes;
    for (const variable of env) this.#table[entry++] = put(variable);
    this.#table[entry] = 0n;
    return { file: put(file), cwd: put(cwd), argv: table, envp };
  }

  #makeRoom(strings: readonly ByteString[], entries: number): void {
    let bytes = 0;
    for (const text of strings) bytes += text.length + 1;
    if (bytes > this.#block.length) this.#block = Buffer.allocUnsafeSlow(bytes * 2);
    else if (this.#block.length > maxKeptBlockBytes && bytes <= firstBlockBytes) this.#block = Buffer.allocUnsafeSlow(firstBlockBytes);
    if (entries > this.#table.length) this.#table = new BigUint64Array(entries * 2);
  }
}
