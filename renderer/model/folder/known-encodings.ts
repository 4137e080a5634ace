// Which files are not UTF-8, as far as something has read them anyway: an opened file, a search, the table of all
// encodings. Nothing is read for it.
import { create } from "zustand";
import type { FileEncoding } from "../../../server/contract/charsets.js";
import { useFiles } from "./file-store.js";

/** "mixed": valid UTF-8 sequences, and other bytes above 0x7F. */
export type KnownEncoding = FileEncoding | "mixed";
interface Known {
  readonly encoding: KnownEncoding;
  /** Of the file then: another file has to be read again. */
  readonly modifiedAt: number;
  readonly sizeBytes: number;
}

const useKnown = create<{ readonly byPath: ReadonlyMap<string, Known> }>()(() => ({ byPath: new Map() }));

/** `encoding` null: the file is no text. */
export function noteEncodings(
  files: readonly { readonly path: string; readonly encoding: KnownEncoding | null }[],
): void {
  const before = useKnown.getState().byPath;
  const byPath = new Map(before);
  for (const { path, encoding } of files) {
    const entry = useFiles.getState().byPath.get(path);
    if (encoding === null || encoding === "utf-8" || !entry) byPath.delete(path);
    else byPath.set(path, { encoding, modifiedAt: entry.modifiedAt, sizeBytes: entry.sizeBytes });
  }
  if (byPath.size > 0 || before.size > 0) useKnown.setState({ byPath });
}

/** What the file is encoded in, if that is known and not UTF-8. */
export function useKnownEncoding(path: string): KnownEncoding | null {
  const known = useKnown(({ byPath }) => byPath.get(path));
  const isSame = useFiles(({ byPath }) => {
    const entry = byPath.get(path);
    return entry?.modifiedAt === known?.modifiedAt && entry?.sizeBytes === known?.sizeBytes;
  });
  return known && isSame ? known.encoding : null;
}
