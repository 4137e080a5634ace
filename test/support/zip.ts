// ZIP files, also such as no program for ZIPs makes.
import { deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** The file's type and mode on UNIX; 0: the archive tells none. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  /** What it says of its size. */
  readonly size?: number;
  /** What its own header is called; by default as in the directory. */
  readonly ownName?: string;
}

export function zipOf(entries: readonly ZipEntry[], { count = entries.length, comment = "" } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content = "", mode = 0, flags = 0, method = 8, size, ownName } of entries) {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(flags, 2);
    about.writeUInt16LE(method, 4);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(size ?? bytes.length, 18);
    const named = (text: string | Buffer): Buffer => {
      const own = Buffer.from(about);
      own.writeUInt16LE(Buffer.from(text).length, 22);
      return own;
    };
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.from("PK\x01\x02"),
      Buffer.from([20, mode === 0 ? 0 : 3]),
      named(name),
      rest,
      Buffer.from(name),
    );
    const local = [Buffer.from("PK\x03\x04"), named(ownName ?? name), Buffer.from(ownName ?? name), packed];
    parts.push(...local);
    at += local.reduce((sum, { length }) => sum + length, 0);
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(all.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, all, Buffer.from("PK\x05\x06"), end, Buffer.from(comment)]);
}
