// What was decided for a request outside of it: who sends it, in which mode, with which server variables. Never as headers, which
// a script would see and anybody could forge: the sender opens its socket, claims its local port here, then writes.
import type { ByteString } from "../contract/bytes-text.js";
import type { Mode } from "../contract/modes.js";
import type { Origin } from "../contract/trace.js";
import type { TraceRecord } from "../trace/trace-record.js";

export interface RequestOverride {
  readonly from: Origin;
  /** Null: as the route says. */
  readonly mode: Mode | null;
  readonly variables: ReadonlyMap<ByteString, ByteString>;
  readonly parent: TraceRecord["parent"];
  /** Told as soon as the request has its trace. */
  readonly onTrace: (trace: TraceRecord) => void;
}

export class RequestOverrides {
  readonly #byPort = new Map<number, RequestOverride>();

  /** From now on requests from this local port carry the claim, until the returned function is called. */
  register(port: number, override: RequestOverride): () => void {
    this.#byPort.set(port, override);
    return () => {
      if (this.#byPort.get(port) === override) this.#byPort.delete(port);
    };
  }

  lookup(port: number): RequestOverride | null {
    return this.#byPort.get(port) ?? null;
  }
}
