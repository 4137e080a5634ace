// What is known about external applications: the routes that lead to them, the results of requests, and the last probe.
// Probes run only when the user asks for one. They do not affect running requests, whose results count when they end.

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
import { applicationMessage, unlistedMessage } from "./messages.js";

/** Time limit of a probe, ms. */
const patienceMs = 1500;
/** Causes of a timeout: the client did not send or read, or waiting bytes had no room. */
const notItsFault: ReadonlySet<string> = new Set(["silent-upload", "client-not-reading", "too-much-held"]);

interface Seen {
  requests: number;
  answer: ExternalState["answer"];
  failure: ExternalState["failure"];
}
interface Listed {
  readonly address: FastcgiAddress;
  readonly routes: ExternalState["routes"];
}
/** The part from the configuration. */
interface ExternalRoutes {
  readonly root: string;
  readonly config: Pick<Config, "routes" | "handlers">;
}

export class ExternalApplications {
  readonly #runner: Pick<ExternalRunner, "countsOf">;
  readonly #onChange: () => void;
  /** What was seen of each application, by address. */
  readonly #seen = new Map<string, Seen>();

  constructor(runner: Pick<ExternalRunner, "countsOf">, onChange: () => void) {
    this.#runner = runner;
    this.#onChange = onChange;
  }

  /** In the order of the configuration. */
  list(from: ExternalRoutes): ExternalState[] {
    return [...listed(from)].map(([address, one]) => this.#stateOf(address, one));
  }

  /** A request to one of them has ended. */
  noteEnded({ id, startedAt, timing, outcome, cause, fastcgi }: TraceRecord): void {
    const address = fastcgi?.worker ?? null;
    if (fastcgi === null || address === null) return; // there was no address
    const seen = this.#of(address);
    const at = startedAt + (timing.doneAt ?? 0);
    seen.requests++;
    if (outcome === "timeout" && !notItsFault.has(cause?.code ?? ""))
      seen.failure = { at, why: applicationMessage("silent-external-application", { why: cause }), trace: id };
    else if (outcome === "upstream-error")
      seen.failure = { at, why: cause ?? applicationMessage("not-served"), trace: id };
    else if (fastcgi.received.bytes > 0) seen.answer = { at, spoke: true, says: seen.answer?.says ?? null };
    this.#onChange();
  }

  /**
   * Connects to a listed application and asks for its values. @throws ProblemError if the configuration does not name
   * it
   */
  async ask(address: string, from: ExternalRoutes): Promise<ExternalState> {
    const one = listed(from).get(address);
    if (!one) throw new ProblemError(unlistedMessage("not-found", { address }));
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

/** Lists the applications by address: one may have several routes. */
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

/** The meaning of the GET_VALUES response (§4.1). */
function whatItSays(values: ApplicationValues): Message {
  if (values === null) return applicationMessage("no-values-result");
  if (values === "other-record") return applicationMessage("other-than-values");
  const [connections, requests, multiplexes] = ["FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS"].map(
    (name) => values.get(name) ?? null,
  );
  return applicationMessage("values-result", {
    connections: connections ?? null,
    requests: requests ?? null,
    multiplexes: multiplexes ?? null,
  });
}
