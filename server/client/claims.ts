// What was decided for a request outside of it: who sends it, in which mode, with which server variables. Never as headers, which
// a script would see and anybody could forge: the sender opens its socket, claims its local port here, then writes.
import type { ByteString } from "../contract/bytes-text.js";
import type { Mode, Origin } from "../contract/trace.js";
import type { TraceRecord } from "../trace/trace-record.js";

export interface Claim {
  readonly from: Origin;
  /** Null: as the route says. */
  readonly mode: Mode | null;
  readonly variables: ReadonlyMap<ByteString, ByteString>;
  readonly parent: TraceRecord["parent"];
  /** Told as soon as the request has its trace. */
  readonly onTrace: (trace: TraceRecord) => void;
}

export class Claims {
  readonly #byPort = new Map<number, Claim>();

  /** From now on requests from this local port carry the claim, until the returned function is called. */
  make(port: number, claim: Claim): () => void {
    this.#byPort.set(port, claim);
    return () => {
      if (this.#byPort.get(port) === claim) this.#byPort.delete(port);
    };
  }

  of(port: number): Claim | null {
    return this.#byPort.get(port) ?? null;
  }
}
