// A change of one file: what is shown before, and the bytes that are written.
import { isUtf8 } from "node:buffer";
import type { ByteString } from "../../contract/bytes-text.js";
import type { FileEncoding } from "../../contract/charsets.js";
import type { Change } from "../../contract/fix-contract.js";
import { toBytes } from "../../protocol/byte-string.js";
import type { FileBytes } from "../../workspace/files/file-contents.js";
import { decodeFile, hasMark } from "../../workspace/files/text-encoding.js";
import { hashOf } from "../../workspace/files/text-file.js";

/** A change for the preview, and the bytes to write: text that is not UTF-8 cannot be shown exactly. */
export interface Step {
  readonly change: Change;
  readonly bytes: ByteString;
}

export function textStep(
  path: string,
  before: ByteString | null,
  after: ByteString,
  onDisk: FileBytes | null,
  encoding: FileEncoding = "utf-8",
): Step {
  // A fix may convert the file: what it writes is UTF-8 then, and was not before.
  const isConverted = before !== null && isUtf8(toBytes(after)) && !isUtf8(toBytes(before));
  const next: FileEncoding = isConverted ? "utf-8" : encoding;
  const hasMarkOf = (bytes: ByteString, of: FileEncoding): boolean => hasMark(toBytes(bytes), of);
  const change: Change = {
    kind: "text",
    path,
    before: before === null ? null : decodeFile(toBytes(before), encoding),
    after: decodeFile(toBytes(after), next),
    bomBefore: before !== null && hasMarkOf(before, encoding),
    bomAfter: hasMarkOf(after, next),
    ...(next !== encoding && { encoding: { before: encoding, after: next } }),
    hash: onDisk && hashOf(onDisk.bytes),
  };
  return { change, bytes: after };
}
