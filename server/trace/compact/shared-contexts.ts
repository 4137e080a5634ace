// What the requests of one client for one target have in common, kept once for all their traces: everything that a
// person would call the same request with the same response.
import type { TraceRecord } from "../trace-record.js";
import { isEqual, takeEqualValues } from "./equality.js";

/**
 * The part of a trace that similar traces share. To share another field, add it here: it is
 * then compared, and `expand` gives it back.
 */
function sharedPart(trace: TraceRecord) {
  const { outcome, cause, client, parent, request, route, argv, cwd, env, notExported, response, notes } = trace;
  return {
    outcome,
    cause,
    client,
    parent,
    route,
    argv,
    cwd,
    env,
    notExported,
    notes,
    connectionId: trace.connection.id,
    request: {
      head: request.head,
      method: request.method,
      target: request.target,
      httpVersion: request.httpVersion,
    },
    response: response && {
      status: response.status,
      reason: response.reason,
      headers: response.headers,
      framing: response.framing,
      added: response.added,
      changed: response.changed,
      dropped: response.dropped,
      interim: response.interim,
    },
    /** What a FastCGI application was sent for a request without a body: it depends on nothing else. */
    sent: request.body.bytes === 0 ? (trace.fastcgi?.sent.firstBytes ?? null) : null,
  };
}

export type SharedContext = ReturnType<typeof sharedPart>;

/** Connections of which the last request's context is remembered. */
const rememberedConnections = 64;

export class SharedContexts {
  readonly #last: (SharedContext | undefined)[] = [];

  /** The context of the connection's request before when it is equal, else a new one. */
  of(trace: TraceRecord): { readonly context: SharedContext; readonly isNew: boolean } {
    const own = sharedPart(trace);
    const index = trace.connection.id % rememberedConnections;
    const last = this.#last[index];
    if (last) {
      if (isEqual(own, last)) return { context: last, isNew: false };
      takeEqualValues(own, last);
      if (own.response && last.response) takeEqualValues(own.response, last.response);
    }
    this.#last[index] = own;
    return { context: own, isNew: true };
  }

  clear(): void {
    this.#last.length = 0;
  }
}
