// Finds a text in the bytes of a segment, 16 places at a time. `Buffer.indexOf` stops at every byte that is the text's
// first one, which takes four times as long where that one is frequent.

/** What `needle-scan.wat` is compiled to. */
export const scanCode = Buffer.from(
  `AGFzbQEAAAABCgFgBX9/f39/AX8DAgEABQMBAAUHEQIGbWVtb3J5AgAEZmluZAAAClUBUwICewF/IAL9DyEFIAP9DyEGAkADQCAAIAFPDQEgBSAA
   /QAAAP0jIAYgACAEav0AAAD9I/1O/WQhByAHBEAgACAHaGoPCyAAQRBqIQAMAAsLIAEL`,
  "base64",
);

/** Bytes that are searched at a time: they stay in the processor's cache. */
const windowBytes = 1 << 18;
/** A text is compared where its first and its last byte are: a longer one could take long in bytes that repeat. */
const maxNeedle = 32;

type Find = (from: number, to: number, first: number, second: number, apart: number) => number;

interface Scanner {
  readonly memory: Uint8Array;
  readonly find: Find;
}

/** Null: the processor has no instructions for 16 bytes at a time. */
const scanner: Scanner | null = WebAssembly.validate(scanCode) ? newScanner() : null;

function newScanner(): Scanner {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(scanCode));
  const { memory, find } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof find !== "function") throw new TypeError("not our module");
  const found: Find = (from, to, first, second, apart) => find(from, to, first, second, apart);
  return { memory: new Uint8Array(memory.buffer), find: found };
}

/** How often bytes were copied into the scanner's memory: the last copy is there. */
let copies = 0;

/** Searches some bytes for a text, which is not empty. */
export class NeedleScan {
  readonly #data: Buffer;
  readonly #needle: Buffer;
  /** The places whose bytes were copied, and by which copy. */
  #copied = { from: 0, to: 0, copy: 0 };

  constructor(data: Buffer, needle: Buffer) {
    this.#data = data;
    this.#needle = needle;
  }

  /** The first place from there on that has the text; -1: there is none. */
  next(from: number): number {
    const [data, needle] = [this.#data, this.#needle];
    if (scanner === null || needle.length === 1 || needle.length > maxNeedle) return data.indexOf(needle, from);
    const apart = needle.length - 1;
    const [first = 0, last = 0] = [needle[0], needle[apart]];
    for (let at = from; at + apart < data.length; ) {
      const copied = this.#copy(scanner, at, apart);
      const to = copied.to - apart;
      while (at < to) {
        const found = copied.from + scanner.find(at - copied.from, to - copied.from, first, last, apart);
        if (found < to && this.#isAt(found)) return found;
        at = Math.min(found + 1, to);
      }
    }
    return -1;
  }

  /** The bytes that the scanner has, with those at the place and `apart` bytes later. */
  #copy({ memory }: Scanner, at: number, apart: number): { readonly from: number; readonly to: number } {
    const { from, to, copy } = this.#copied;
    if (copy !== copies || at < from || at + apart >= to) {
      this.#copied = { from: at, to: Math.min(this.#data.length, at + windowBytes), copy: ++copies };
      memory.set(this.#data.subarray(this.#copied.from, this.#copied.to));
    }
    return this.#copied;
  }

  #isAt(at: number): boolean {
    const [data, needle] = [this.#data, this.#needle];
    for (let i = 0; i < needle.length; i++) if (data[at + i] !== needle[i]) return false;
    return true;
  }
}
