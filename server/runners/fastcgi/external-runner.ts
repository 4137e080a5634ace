// Mode "fastcgi-external": an external application at the address of its route or handler. Starts no process.
import type { Connections } from "../../routing/external-targets.js";
import { addressText } from "../../routing/fastcgi-address.js";
import type { ExternalApplication } from "../../routing/route.js";
import { type Exchange, type ExchangeEvents, RunFailure, type Runner, type RunRequest } from "../runner.js";
import { FastcgiClient } from "./client.js";
import { fastcgiMessage } from "./messages.js";
import { ReplayableBody } from "./replayable-body.js";

export class ExternalRunner implements Runner {
  /** The clients by address. */
  readonly #clients = new Map<string, FastcgiClient>();
  readonly #onChange: () => void;

  /** `onChange`: the counts of `countsOf` have changed. */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  run(request: RunRequest, events: ExchangeEvents): Exchange {
    const { external } = request.route;
    if (external !== null) {
      this.#onChange();
      const { params, hasBody } = request;
      return this.#client(external).run(
        { role: "responder", params, body: hasBody ? new ReplayableBody(params) : null },
        events,
      );
    }
    const failure = new RunFailure({
      code: "no-address",
      why: fastcgiMessage("no-address"),
      outcome: "upstream-error",
      status: 502,
      process: null,
    });
    queueMicrotask(() => events.failed(failure));
    return { write: () => true, endInput: () => {}, resume: () => {}, stop: () => {} };
  }

  /** Counts the requests that the application at that address serves now, and those that wait for a connection. */
  countsOf(address: string): { readonly running: number; readonly queued: number } {
    const { running = 0, queued = 0 } = this.#clients.get(address) ?? {};
    return { running, queued };
  }

  /**
   * Another configuration is active: it sets the number of kept connections of each application; without a setting,
   * none are kept.
   */
  keep(connections: Connections): void {
    for (const [address, client] of this.#clients) client.keep(connections.get(address) ?? null);
  }

  /** Closes the kept connections. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #client({ address, connections }: ExternalApplication): FastcgiClient {
    const key = addressText(address);
    const known = this.#clients.get(key);
    if (known) return known;
    const client = new FastcgiClient({ address, connections });
    this.#clients.set(key, client);
    return client;
  }
}
