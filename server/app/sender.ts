// Requests that the workbench itself sends to the folder's scripts: composed requests, raw bytes, recorded requests.
// The caller gets the trace as soon as it exists, and ends exactly that request by aborting.

import type { WebSocket } from "ws";
import { ProblemError } from "../base/problem.js";
import type { Cookies } from "../client/cookies.js";
import { replay } from "../client/replay.js";
import type { ClaimedConnection, RequestOverrides } from "../client/request-overrides.js";
import { sendComposed, variablesOf } from "../client/send-composed.js";
import { type RawSending, sendRaw } from "../client/send-raw.js";
import {
  type Destination,
  type OutgoingRequest,
  type RequestDecisions,
  type SendOptions,
  sendRequest,
} from "../client/send-request.js";
import type { RawRequest, RequestToSend, Sent } from "../contract/requests-contract.js";
import type { Origin } from "../contract/trace.js";
import type { EarlierVersion } from "../routing/earlier-version.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { appMessage } from "./messages.js";
import type { ScriptServer } from "./script-server.js";

interface SenderParts {
  readonly server: Pick<ScriptServer, "servingAddress" | "stopExchange">;
  readonly traces: TraceLog;
  readonly overrides: RequestOverrides;
  readonly cookies: Cookies;
}

/** A request that has begun. */
export interface Sending<Result> {
  /** The trace of the request; redirects that are followed have traces of their own. */
  readonly id: string;
  /** Settles when the exchange has ended, or the last of several. */
  readonly done: Promise<Result>;
}

type OnTrace = (trace: TraceRecord) => void;

interface BegunOptions {
  readonly signal: AbortSignal;
  /** Told of each trace before its script starts. */
  readonly onTrace?: OnTrace | undefined;
  /** What becomes of the composed request, in bytes, before it is sent. */
  readonly change?: ((request: OutgoingRequest) => OutgoingRequest) | undefined;
}

/** What is decided for a request, as far as it is not as usual. */
type Decided = Pick<RequestDecisions, "from"> & Partial<RequestDecisions>;
const usual = { mode: null, variables: new Map(), parent: null } as const;

export class Sender {
  readonly #parts: SenderParts;
  /** The open ones, by the ids of their traces. */
  readonly #sockets = new Map<string, WebSocket>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends a composed request. @throws ProblemError while nothing is served */
  send(composed: RequestToSend, from: Origin, { signal, onTrace: told, change }: BegunOptions): Promise<Sending<Sent>> {
    return begun(told, async (onTrace) =>
      sendComposed(composed, {
        address: this.#destination(),
        jar: composed.cookies ? await this.#parts.cookies.jar() : null,
        deliver: (request, override) => this.deliver(request, { from, ...override }, { signal, onTrace }),
        signal,
        ...(change && { change }),
      }),
    );
  }

  /** Opens a WebSocket with a composed request. @throws ProblemError while nothing is served */
  connect(
    composed: RequestToSend,
    from: Origin,
    { signal, onTrace: told }: Pick<BegunOptions, "signal" | "onTrace">,
  ): Promise<Sending<Sent>> {
    return begun(told, async (onTrace) =>
      sendComposed(composed, {
        address: this.#destination(),
        jar: composed.cookies ? await this.#parts.cookies.jar() : null,
        deliver: (request, override) => this.#converse(request, { from, ...override }, { signal, onTrace }),
        signal,
      }),
    );
  }

  /** Sends a message on a WebSocket of `connect`, null closes it. @throws ProblemError if it is not open */
  say(id: string, text: string | null): void {
    const socket = this.#sockets.get(id);
    if (!socket) throw new ProblemError(appMessage("socket-not-open"));
    if (text === null) socket.close(1000);
    else socket.send(text);
  }

  async #converse(
    request: OutgoingRequest,
    decisions: RequestDecisions,
    { signal, onTrace }: { readonly signal: AbortSignal; readonly onTrace: OnTrace },
  ): Promise<TraceRecord> {
    const { openWebSocket } = await import("../client/open-web-socket.js");
    let id = "";
    const trace = await openWebSocket(this.#destination(), request, decisions, {
      signal,
      onTrace: (begun) => {
        id = begun.id;
        onTrace(begun);
      },
      onOpen: (socket) => this.#sockets.set(id, socket),
    });
    this.#sockets.delete(id);
    await this.#parts.traces.whenEnded(trace);
    return trace;
  }

  /**
   * Sends bytes unchanged; resolves with their traces' ids. @throws ProblemError if they make no request, or while
   * nothing is served
   */
  sendRaw(
    { base64, halfClose, pacing, parent, variables, isHeld, isTouched }: RawRequest,
    { signal, onTrace: told }: BegunOptions,
  ): Promise<Sending<readonly string[]>> {
    const from = parent === null ? "composer" : "replay";
    const override = { from, mode: null, variables: variablesOf(variables), parent, isHeld, isTouched } as const;
    return begun(told, async (onTrace) => {
      const sending = { bytes: Buffer.from(base64, "base64"), halfClose, pacing };
      const traces = await this.deliverRaw(sending, override, { signal, onTrace });
      if (traces.length > 0) return traces.map(({ id }) => id);
      throw new ProblemError(appMessage("no-request"));
    });
  }

  /**
   * Sends a recorded request again, to the script as it is or as it once was. @throws ProblemError if it
   * cannot be the same, or while nothing is served
   */
  replay(
    trace: TraceRecord,
    signal: AbortSignal,
    {
      version = null,
      onTrace: told,
    }: { readonly version?: EarlierVersion | null } & Pick<BegunOptions, "onTrace"> = {},
  ): Promise<Sending<TraceRecord>> {
    const options = { signal, version };
    return begun(told, async (onTrace) =>
      replay(this.#destination(), this.#parts.traces, trace, { ...options, onTrace }),
    );
  }

  /** Sends one request through the listener and resolves with its trace when the exchange has ended. */
  async deliver(request: OutgoingRequest, decided: Decided, options: SendOptions = {}): Promise<TraceRecord> {
    const trace = await sendRequest(this.#destination(), request, { ...usual, ...decided }, options);
    await this.#parts.traces.whenEnded(trace);
    return trace;
  }

  /**
   * Sends bytes through the listener and resolves with the traces they became, in order, when all exchanges are over.
   */
  async deliverRaw(
    sending: RawSending,
    decided: Decided,
    options: Pick<SendOptions, "signal" | "onTrace"> = {},
  ): Promise<readonly TraceRecord[]> {
    const traces = await sendRaw(this.#destination(), sending, { ...usual, ...decided }, options);
    await Promise.all(traces.map((trace) => this.#parts.traces.whenEnded(trace)));
    return traces;
  }

  /**
   * For requests that another process sends over its own connection: they carry what was
   * decided until the returned function is called.
   */
  claim(connection: ClaimedConnection, decided: RequestDecisions): () => void {
    return this.#parts.overrides.register(connection, { ...decided, onTrace: () => {} });
  }

  /** @throws ProblemError while nothing is served */
  #destination(): Destination {
    const { server, overrides } = this.#parts;
    return { ...server.servingAddress(), overrides, stop: (id) => server.stopExchange(id) };
  }
}

/** Resolves with the first trace that `send` begins. Rejects if it fails before. */
function begun<Result>(
  told: OnTrace | undefined,
  send: (onTrace: OnTrace) => Promise<Result>,
): Promise<Sending<Result>> {
  return new Promise((resolve, reject) => {
    const done = Promise.resolve().then(() =>
      send((trace) => {
        told?.(trace);
        resolve({ id: trace.id, done });
      }),
    );
    done.catch(reject); // after it has begun, the caller of `done` gets the error
  });
}
