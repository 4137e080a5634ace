// A request's head with all that follows from its bytes. A client that keeps its connection mostly
// sends the same head again: what was read of the one before is then taken as it is, and later steps
// know by the same object that nothing changed.
import type { ByteString } from "../../contract/bytes-text.js";
import { fromBytes } from "../../protocol/byte-string.js";
import { type BodyFraming, bodyFraming, expectsContinue, isPersistent } from "../../protocol/http1/body-framing.js";
import { headerRange, readHead } from "../../protocol/http1/head-grammar.js";
import type { GatewayPolicy } from "../../protocol/policy.js";
import type { RequestHead } from "../../protocol/request.js";
import { type FrontFault, faultOf } from "./messages.js";

export interface ReadRequest {
  readonly head: ByteString;
  readonly request: RequestHead;
  readonly framing: BodyFraming;
  readonly isPersistent: boolean;
  readonly expectsContinue: boolean;
  /** By which it was read. */
  readonly policy: GatewayPolicy;
}

/** Reads a whole head. */
export function readRequest(
  head: ByteString,
  policy: GatewayPolicy,
): { readonly ok: true; readonly read: ReadRequest } | { readonly ok: false; readonly fault: FrontFault } {
  const result = readHead(head, policy);
  if (!result.ok) return { ok: false, fault: faultOf(result.fault.code, result.fault.range) };
  const { request } = result;
  const framed = bodyFraming(request);
  if (!framed.ok) return { ok: false, fault: faultOf(framed.code, headerRange(head, framed.header)) };
  const { framing } = framed;
  return {
    ok: true,
    read: {
      head,
      request,
      framing,
      policy,
      isPersistent: isPersistent(request),
      expectsContinue: expectsContinue(request),
    },
  };
}

/** Connections of which the last head is remembered. */
const remembered = 64;

interface LastHead {
  readonly connection: number;
  readonly read: ReadRequest;
}

/** The last head of each connection, for a bounded number of them. */
export class LastHeads {
  readonly #heads: (LastHead | undefined)[] = Array.from({ length: remembered });

  /** The connection's last request, if the same head is whole in `chunk` from `from` on. */
  again(connection: number, chunk: Uint8Array, from: number, policy: GatewayPolicy): ReadRequest | null {
    const last = this.#heads[connection % remembered];
    if (last?.connection !== connection || last.read.policy !== policy) return null;
    const { head } = last.read;
    const to = from + head.length;
    return to <= chunk.length && fromBytes(chunk, from, to) === head ? last.read : null;
  }

  keep(connection: number, read: ReadRequest): void {
    this.#heads[connection % remembered] = { connection, read };
  }

  /** The connection is closed. */
  forget(connection: number): void {
    if (this.#heads[connection % remembered]?.connection === connection)
      this.#heads[connection % remembered] = undefined;
  }
}
