// A touch while it is collected: with the process that did it and bytes as they are.
import type { ByteString } from "../../contract/bytes-text.js";
import type { Touch } from "../../contract/touched.js";

export interface Seen {
  readonly pid: number;
  /** Unix time, ms. */
  readonly at: number;
  ms: number;
  readonly did: Touch["did"];
  name: ByteString;
  readonly given: ByteString | null;
  errno: string | null;
  readonly args: readonly ByteString[] | null;
  exitCode: number | null;
  signal: string | null;
  waitedMs: number | null;
  /** It is of no interest. */
  isOwn: boolean;
}
