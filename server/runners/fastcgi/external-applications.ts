// What is known of the applications that run elsewhere: which routes lead to each, what requests to it came to, and what it said when a
// person asked. Nothing is asked by itself, and requests under way are not touched: what they came to is told when they are over.

import { ProblemError } from "../../base/problem.js";
import type { Config } from "../../contract/config.js";
import type { Message } from "../../contract/message.js";
import type { ExternalState } from "../../contract/workers-contract.js";
import { connectionsByAddress, connectionsOf, externalTargets } from "../../routing/external-targets.js";
import { addressText, type FastcgiAddress } from "../../routing/fastcgi-address.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { ExternalRunner } from "./external-runner.js";
import { FastcgiFailure } from "./failures.js";
import { type ApplicationValues, getValues } from "./get-values.js";
import { applicationMessage } from "./messages.js";

/** An application is given this long to answer a question, ms. */
const patienceMs = 1500;

interface Seen {
  requests: number;
  answer: ExternalState["answer"];
  failure: ExternalState["failure"];
}
interface Listed {
  readonly address: FastcgiAddress;
  readonly routes: ExternalState["routes"];
}
/** The configuration's part in it. */
export interface ExternalRoutes {
  readonly root: string;
  readonly config: Pick<Config, "routes" | "handlers">;
}

export class ExternalApplications {
  readonly #runner: Pick<ExternalRunner, "countsOf">;
  readonly #onChange: () => void;
  /** By address. */
  readonly #seen = new Map<string, Seen>();

  constructor(runner: Pick<ExternalRunner, "countsOf">, onChange: () => void) {
    this.#runner = runner;
    this.#onChange = onChange;
  }

  /** In the order of the configuration. */
  list(from: ExternalRoutes): ExternalState[] {
    return [...listed(from)].map(([address, one]) => this.#stateOf(address, one));
  }

  /** A request to one of them is over. */
  noteEnded({ id, startedAt, timing, outcome, cause, fastcgi }: TraceRecord): void {
    const address = fastcgi?.worker ?? null;
    if (fastcgi === null || address === null) return; // no address was to be had
    const seen = this.#of(address);
    const at = startedAt + (timing.doneAt ?? 0);
    seen.requests++;
    if (outcome === "timeout")
      seen.failure = { at, why: applicationMessage("silent-external-application", { why: cause }), trace: id };
    else if (outcome === "upstream-error")
      seen.failure = { at, why: cause ?? applicationMessage("not-served"), trace: id };
    else if (fastcgi.received.bytes > 0) seen.answer = { at, spoke: true, says: seen.answer?.says ?? null };
    this.#onChange();
  }

  /** Reaches for one that is listed, and asks what it can take. @throws ProblemError when the configuration does not name it */
  async ask(address: string, from: ExternalRoutes): Promise<ExternalState> {
    const one = listed(from).get(address);
    if (!one)
      throw new ProblemError(
        "not-found",
        `No route in cgi-workbench.json leads to ${address}.`,
        'Add one there: "tcp:host:port" or "unix:path".',
        { data: { address } },
      );
    const seen = this.#of(address);
    try {
      const values = await getValues(one.address, patienceMs);
      seen.answer = { at: Date.now(), spoke: values !== null, says: whatItSays(values) };
    } catch (error) {
      if (!(error instanceof FastcgiFailure)) throw error;
      seen.failure = { at: Date.now(), why: error.why, trace: null };
    }
    this.#onChange();
    return this.#stateOf(address, one);
  }

  #of(address: string): Seen {
    const known = this.#seen.get(address);
    if (known) return known;
    const seen: Seen = { requests: 0, answer: null, failure: null };
    this.#seen.set(address, seen);
    return seen;
  }

  #stateOf(address: string, { routes }: Listed): ExternalState {
    const { requests, answer, failure } = this.#of(address);
    return { address, routes: [...routes], requests, ...this.#runner.countsOf(address), answer, failure };
  }
}

/** By address: one application may have several routes. */
function listed({ root, config }: ExternalRoutes): Map<string, Listed> {
  const all = new Map<string, { address: FastcgiAddress; routes: ExternalState["routes"] }>();
  const kept = connectionsByAddress(config, root);
  for (const { path, address } of externalTargets(config, root)) {
    const route = { path, connections: connectionsOf(address, kept) };
    const known = all.get(addressText(address));
    if (known) known.routes.push(route);
    else all.set(addressText(address), { address, routes: [route] });
  }
  return all;
}

/** What the answer to GET_VALUES means (§4.1). */
function whatItSays(values: ApplicationValues): Message {
  if (values === null) return applicationMessage("no-values-result");
  const [connections, requests, multiplexes] = ["FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS"].map(
    (name) => values.get(name) ?? null,
  );
  return applicationMessage("values-result", {
    connections: connections ?? null,
    requests: requests ?? null,
    multiplexes: multiplexes ?? null,
  });
}
