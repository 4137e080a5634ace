// Requests that the workbench itself sends to the folder's scripts: what was composed, bytes as they are, a recorded request again.
import { ProblemError } from "../base/problem.js";
import type { CookieJar } from "../client/cookie-jar.js";
import { replay } from "../client/replay.js";
import type { RequestOverride, RequestOverrides } from "../client/request-overrides.js";
import { sendComposed, variablesOf } from "../client/send-composed.js";
import { sendRaw } from "../client/send-raw.js";
import { type OutgoingRequest, sendRequest } from "../client/send-request.js";
import type { RawRequest, RequestToSend, Sent } from "../contract/requests-contract.js";
import type { Origin } from "../contract/trace.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { ScriptServer } from "./script-server.js";

export interface SenderParts {
  readonly server: Pick<ScriptServer, "servingAddress">;
  readonly traces: TraceLog;
  readonly overrides: RequestOverrides;
  readonly cookies: CookieJar;
}

export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends what was composed; answers when the last exchange is over. @throws ProblemError while nothing is served */
  async send(composed: RequestToSend, from: Origin): Promise<Sent> {
    const { server, cookies } = this.#parts;
    const deliver = (request: OutgoingRequest, override: Pick<RequestOverride, "mode" | "variables" | "parent">) =>
      this.deliver(request, { from, ...override });
    return sendComposed(composed, { address: server.servingAddress(), jar: cookies, deliver });
  }

  /** Sends bytes as they are; answers with their traces' ids. @throws ProblemError when they became none, or while nothing is served */
  async sendRaw(
    { base64, halfClose, parent, variables }: RawRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<string[]> {
    const override = {
      from: parent === null ? "composer" : "replay",
      mode: null,
      variables: variablesOf(variables),
      parent,
    } as const;
    const traces = await sendRaw(
      this.#destination(),
      { bytes: Buffer.from(base64, "base64"), halfClose },
      override,
      options,
    );
    await Promise.all(traces.map((trace) => this.#parts.traces.ended(trace)));
    if (traces.length === 0)
      throw new ProblemError(
        "no-request",
        "The connection was closed before anything came that looks like a request.",
        null,
      );
    return traces.map(({ id }) => id);
  }

  /** Sends a recorded request again; resolves with the new trace when that exchange is over. @throws ProblemError */
  replay(trace: TraceRecord): Promise<TraceRecord> {
    return replay(this.#destination(), this.#parts.traces, trace);
  }

  /** Sends a request through the listener and resolves with its trace when the exchange is over. */
  async deliver(
    request: OutgoingRequest,
    {
      from,
      mode = null,
      variables = new Map(),
      parent = null,
    }: Pick<RequestOverride, "from"> & Partial<RequestOverride>,
    onResponse?: Parameters<typeof sendRequest>[3],
  ): Promise<TraceRecord> {
    const trace = await sendRequest(this.#destination(), request, { from, mode, variables, parent }, onResponse);
    await this.#parts.traces.ended(trace);
    return trace;
  }

  #destination() {
    const { server, overrides } = this.#parts;
    return { ...server.servingAddress(), overrides };
  }
}
