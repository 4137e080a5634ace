// What the formats of this folder are made from.
import type { ByteString } from "../../contract/bytes-text.js";
import type { HeaderPair } from "../../protocol/request.js";

export interface RecordedRequest {
  readonly method: ByteString;
  readonly target: ByteString;
  /** "1.0", "1.1". */
  readonly httpVersion: string;
  /** In the order and spelling of the wire. */
  readonly headers: readonly HeaderPair[];
  readonly body: ByteString;
}
