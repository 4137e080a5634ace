// Mode "fastcgi-external": somebody else's application, reached at the address its route names. Nothing is started here.
import type { ExternalApplication } from "../../routing/route.js";
import { type Exchange, type ExchangeEvents, RunFailure, type Runner, type RunRequest } from "../runner.js";
import { addressText } from "./address.js";
import { FastcgiClient } from "./client.js";

export class ExternalRunner implements Runner {
  /** By address and number of connections: what a route says. */
  readonly #clients = new Map<string, FastcgiClient>();
  readonly #onChange: () => void;

  /** `onChange`: what `countsOf` says grew. */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  run(request: RunRequest, events: ExchangeEvents): Exchange {
    const { external } = request.route;
    if (external !== null) {
      this.#onChange();
      return this.#client(external).run({ role: "responder", params: request.params, hasBody: request.hasBody }, events);
    }
    const failure = new RunFailure({
      code: "no-address",
      message: 'The mode "fastcgi-external" needs a route with an address in cgi-workbench.json: "tcp:host:port" or "unix:path".',
      outcome: "upstream-error",
      status: 502,
      process: null,
    });
    queueMicrotask(() => events.failed(failure));
    return { write: () => true, endInput: () => {}, resume: () => {}, stop: () => {} };
  }

  /** Requests that an application has now, by its address, and those that wait for a connection to it. */
  countsOf(address: string): { readonly running: number; readonly queued: number } {
    const clients = [...this.#clients].flatMap(([key, client]) => (key.slice(key.indexOf(" ") + 1) === address ? [client] : []));
    return { running: clients.reduce((sum, { running }) => sum + running, 0), queued: clients.reduce((sum, { queued }) => sum + queued, 0) };
  }

  /** Closes the connections that are kept. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #client({ address, connections }: ExternalApplication): FastcgiClient {
    const key = `${connections} ${addressText(address)}`;
    const known = this.#clients.get(key);
    if (known) return known;
    // Not told how many it serves at once, the safe way is that of most servers: a new connection for each request.
    const client = new FastcgiClient({ address, maxConnections: connections, keepConnections: connections !== null });
    this.#clients.set(key, client);
    return client;
  }
}
