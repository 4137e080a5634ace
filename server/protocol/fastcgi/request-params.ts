// What opens a request's conversation: BEGIN_REQUEST, PARAMS and, without a body, STDIN's end, in one piece of bytes.
// Requests whose variables are the same share it: it is encoded once.
import { encodeParams } from "./encode-params.js";
import { encodeBeginRequest } from "./encode-record.js";
import type { NameValue } from "./name-values.js";
import { encodeHeader } from "./record-header.js";
import { type RoleName, recordType, role } from "./record-types.js";

interface OpeningOptions {
  readonly requestId: number;
  readonly role: RoleName;
  readonly keepConnection: boolean;
  /** With the empty record that ends STDIN. */
  readonly endsInput: boolean;
}
export interface Opening extends OpeningOptions {
  readonly bytes: Uint8Array;
  /** Pairs that had to be split over records: by their names. */
  readonly split: readonly NameValue[];
}

/** Methods whose request may be served twice without harm (RFC 9110 §9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

export class RequestParams {
  /** In the order in which they are sent. */
  readonly pairs: readonly NameValue[];
  #opening: Opening | null = null;
  #isIdempotent: boolean | null = null;

  constructor(pairs: readonly NameValue[]) {
    this.pairs = pairs;
  }

  /** REQUEST_METHOD decides. A gateway must not send any other request a second time by itself. */
  get isIdempotent(): boolean {
    this.#isIdempotent ??= idempotentMethods.has(this.pairs.find(([name]) => name === "REQUEST_METHOD")?.[1] ?? "");
    return this.#isIdempotent;
  }

  /** The bytes must not be changed. */
  opening({ requestId, role, keepConnection, endsInput }: OpeningOptions): Opening {
    const last = this.#opening;
    const isSame =
      last?.requestId === requestId &&
      last.role === role &&
      last.keepConnection === keepConnection &&
      last.endsInput === endsInput;
    if (isSame) return last;
    const { bytes, split } = encodeOpening(this.pairs, { requestId, role, keepConnection, endsInput });
    this.#opening = { requestId, role, keepConnection, endsInput, bytes, split };
    return this.#opening;
  }
}

function encodeOpening(
  pairs: readonly NameValue[],
  { requestId, role: name, keepConnection, endsInput }: OpeningOptions,
): Pick<Opening, "bytes" | "split"> {
  const begin = encodeBeginRequest(requestId, { role: role[name], keepConnection });
  const params = encodeParams(requestId, pairs);
  const end = endsInput
    ? encodeHeader({ type: recordType.stdin, requestId, contentLength: 0, paddingLength: 0 })
    : new Uint8Array(0);
  const bytes = new Uint8Array(begin.length + params.bytes.length + end.length);
  bytes.set(begin);
  bytes.set(params.bytes, begin.length);
  bytes.set(end, begin.length + params.bytes.length);
  return { bytes, split: params.split };
}
