// Handles requests: resolves the target to a route and sends a script's response, a static file or an error
// page. Everything is recorded in the request's trace, which ends when the response is out and the script has
// ended. Nothing here throws to the caller.

import { errorText } from "../../base/error-text.js";
import { removeItem } from "../../base/remove-item.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Mode } from "../../contract/modes.js";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import { parseTarget } from "../../protocol/target.js";
import { routeToEarlier } from "../../routing/earlier-version.js";
import type { Guard, NoRoute, Route } from "../../routing/route.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { AccessControl, type SignedIn } from "../access/access-control.js";
import { checkUser } from "../access/origin-check.js";
import { ConcurrencyLimiter } from "../base/concurrency-limiter.js";
import { HttpExchange } from "../exchange/http-exchange.js";
import { redirectedRequest } from "../exchange/local-redirect.js";
import { exchangeMessage } from "../exchange/messages.js";
import { DisconnectDetector } from "../front/disconnect-detector.js";
import { maxLocalRedirects } from "../front/http-limits.js";
import type { Incoming, Refused, RequestHandler } from "../front/incoming.js";
import { sender } from "../front/request-sender.js";
import type { ScriptInvocation } from "../script/script-inputs.js";
import { ScriptService } from "../script/script-service.js";
import { respondStatic } from "../static/respond-static.js";
import { Acceptance } from "./acceptance.js";
import type { GatewayDeps } from "./gateway-deps.js";
import { IdleQueue } from "./idle-queue.js";
import { respondToRefused } from "./refusal-response.js";

const stoppedByUser = { outcome: "stopped", status: 503, cause: exchangeMessage("stopped-by-user") } as const;
const serverStopped = { outcome: "stopped", status: 503, cause: exchangeMessage("server-stopped") } as const;

/** With no more exchanges than this the event loop is idle now and then, so deferred work may run. */
const fewExchanges = 2;

/** What is known of a run before its route is. */
type Unrouted = Omit<ScriptInvocation, "trace" | "route">;

export class Gateway implements RequestHandler {
  readonly #deps: GatewayDeps;
  readonly #limiter: ConcurrencyLimiter;
  readonly #acceptance = new Acceptance();
  readonly #access = new AccessControl();
  readonly #peers = new DisconnectDetector();
  readonly #scripts: ScriptService;
  readonly #exchanges: HttpExchange[] = [];
  readonly #idleQueue = new IdleQueue();
  /** Exchanges whose traces are not complete yet. */
  #underWay = 0;
  #onIdle: () => void = () => {};
  #closing = false;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
    this.#limiter = new ConcurrencyLimiter(() => deps.settings().limits);
    this.#scripts = new ScriptService({
      limiter: this.#limiter,
      holds: deps.holds,
      debuggers: deps.debuggers,
      runners: deps.runners,
      watching: deps.watching,
      answers: deps.answers,
      mail: deps.mail,
      variables: deps.traces.variables,
    });
  }

  get running(): number {
    return this.#limiter.running;
  }

  get queued(): number {
    return this.#limiter.queued;
  }

  /** Other limits are in force. */
  admitWaiting(): void {
    this.#limiter.admitWaiting();
  }

  handle(incoming: Incoming): void {
    if (this.#isPreview(incoming)) return;
    void this.#live(incoming);
    if (this.#exchanges.length <= fewExchanges) this.#idleQueue.flushNextTick();
  }

  refuse(refused: Refused): void {
    this.#underWay++;
    void respondToRefused(refused, this.#deps)
      .catch((error: unknown) => this.#fault(error))
      .then(() => this.#over());
  }

  stop(traceId: string): boolean {
    const exchange = this.#exchanges.find((one) => one.hasTrace(traceId));
    exchange?.exchangeAbort.abort(stoppedByUser);
    return exchange !== undefined;
  }

  /** Ends every exchange and resolves when their traces are complete. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const exchange of [...this.#exchanges]) exchange.exchangeAbort.abort(serverStopped);
    while (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    this.#peers.close();
  }

  #over(): void {
    if (--this.#underWay === 0) this.#onIdle();
  }

  /**
   * Never rejects. One function from the first step to the last: each that is async
   * costs promises and turns of their queue.
   */
  async #live(incoming: Incoming): Promise<void> {
    this.#underWay++;
    let traces: readonly TraceRecord[] = [];
    try {
      const exchange = this.#begin(incoming);
      const unwatch = this.#peers.watch(incoming, () => {
        exchange.clientGone();
        incoming.socket.destroy();
      });
      try {
        await null; // the rest of what came with the head is read first: often the whole body
        await this.#serve(exchange);
      } catch (error) {
        this.#fault(error);
        exchange.abort(exchangeMessage("internal-error", { systemText: errorText(error) }));
      }
      await exchange.finish();
      unwatch();
      exchange.dispose();
      this.#deps.holds.release(exchange);
      traces = this.#ended(exchange);
    } catch (error) {
      this.#fault(error);
    }
    this.#idleQueue.add(() => this.#keep(traces));
  }

  #keep(traces: readonly TraceRecord[]): void {
    try {
      for (const trace of traces) {
        this.#deps.previews?.noteEnded(trace);
        this.#deps.traces.end(trace);
      }
    } catch (error) {
      this.#fault(error);
    }
    this.#over();
  }

  #begin(incoming: Incoming): HttpExchange {
    const { connection, nth, head, t0Ms, headAt } = incoming;
    const { request } = incoming;
    const override = this.#deps.overrides.lookup(connection);
    const trace = this.#deps.traces.begin({
      t0Ms,
      client: { address: connection.remoteAddress, port: connection.remotePort, from: sender(request, override) },
      connection: { id: connection.id, nth },
      parent: override?.parent ?? this.#deps.previews?.parentOf(request) ?? null,
      request: {
        head,
        method: request.method,
        target: request.target,
        httpVersion: request.httpVersion,
        headers: request.headers,
      },
    });
    trace.timing.headAt = headAt - t0Ms;
    override?.onTrace(trace);
    this.#deps.previews?.noteBegun(trace);
    const exchange = new HttpExchange({
      incoming,
      request,
      trace,
      override,
      settings: this.#deps.settings(),
      captureBytes: this.#deps.traces.captureBytes,
    });
    this.#exchanges.push(exchange);
    if (this.#closing) exchange.exchangeAbort.abort(serverStopped);
    return exchange;
  }

  async #serve(exchange: HttpExchange): Promise<void> {
    const accepted = this.#acceptance.of(exchange);
    if (!accepted.ok) return exchange.respondWithPage(accepted.status, accepted.why, "bad-request");
    const first = { exchange, request: exchange.request, target: accepted.target, redirected: false, signedIn: null };
    const responded = this.#respond(first);
    let next = responded === null ? null : await responded;
    for (let redirects = 0; next !== null; redirects++) {
      if (redirects === maxLocalRedirects)
        return exchange.respondWithPage(
          500,
          exchangeMessage("too-many-local-redirects", { limit: maxLocalRedirects, location: next }),
          "invalid-output",
        );
      const target = parseTarget(next, exchange.settings.policy);
      if (!target.ok) {
        // What a client would have got for asking, unless that were its own mistake.
        const status = target.status === 404 ? 404 : 500;
        return exchange.respondWithPage(
          status,
          exchangeMessage("local-redirect-target-refused", { location: next, why: target.why }),
          "invalid-output",
        );
      }
      const request = redirectedRequest(exchange.request, next);
      next = await this.#respond({ exchange, request, target: target.target, redirected: true, signedIn: null });
    }
  }

  /**
   * Responds to the request, or gives the location of a local redirect to be
   * followed instead. Null: it has its response already.
   */
  #respond(step: Unrouted): null | Promise<ByteString | null> {
    const guards = this.#deps.routing.guards(step.target);
    return guards.length > 0 ? this.#respondGuarded(guards, step) : this.#respondRoute(step);
  }

  async #respondGuarded(guards: readonly Guard[], step: Unrouted): Promise<ByteString | null> {
    const { exchange, request } = step;
    let signedIn: SignedIn | null = null;
    for (const guard of guards) {
      exchange.phase = "queue"; // no script is silent yet
      const access = await this.#access.check(guard, request, exchange.exchangeAbort);
      exchange.phase = "running";
      exchange.clock.activity(performance.now()); // the limit on silence begins now
      if (!access.ok) {
        exchange.respondWithPage(access.status, access.why, access.outcome, access.headers);
        return null;
      }
      signedIn ??= access.signedIn;
    }
    return this.#respondRoute({ ...step, signedIn });
  }

  #respondRoute(step: Unrouted): null | Promise<ByteString | null> {
    const { exchange, target, redirected } = step;
    const version = redirected ? null : (exchange.override?.version ?? null);
    const found = this.#deps.routing.resolve(target);
    const route = version === null ? found : routeToEarlier(found, version);
    if (redirected) return this.#follow(step, route);
    recordRoute(exchange.trace, route, exchange.override?.mode ?? null);
    return this.#deps.holds.slowDown(exchange)?.then(() => this.#follow(step, route)) ?? this.#follow(step, route);
  }

  #follow(step: Unrouted, route: Route): null | Promise<ByteString | null> {
    const { exchange, request, redirected } = step;
    switch (route.kind) {
      case "none":
        respondWithoutRoute(exchange, route);
        return null;
      case "static":
        return respondStatic(exchange, request, route, this.#deps.staticFiles).then(() => null);
      case "script": {
        const trace = redirected ? this.#beginRun(exchange, request, route) : exchange.trace;
        return this.#scripts.serve({ ...step, route, trace });
      }
    }
  }

  /**
   * The next script of a local redirect has a trace of its own, and runs in its own mode. What goes
   * over the wire belongs to the first trace.
   */
  #beginRun(exchange: HttpExchange, request: RequestHead, route: Route) {
    const { client, connection, id } = exchange.trace;
    const t0Ms = performance.now();
    const trace = this.#deps.traces.begin({
      t0Ms,
      client,
      connection,
      parent: { id, kind: "local-redirect" },
      request: { head: byteString(""), ...request },
    });
    recordRoute(trace, route, null);
    exchange.addTrace(trace);
    return trace;
  }

  #ended(exchange: HttpExchange): TraceRecord[] {
    const done = performance.now();
    const traces = exchange.done();
    removeItem(this.#exchanges, exchange);
    for (const trace of traces) trace.timing.doneAt = done - trace.t0Ms;
    return traces;
  }

  /** True when a recorded response was sent: no script runs, and there is no trace. */
  #isPreview(incoming: Incoming): boolean {
    try {
      if (checkUser(incoming.connection, this.#deps.settings())) return false;
      // The workbench's own: a page's request, sent again.
      if (this.#deps.overrides.lookup(incoming.connection)) return false;
      return this.#deps.previews?.respond(incoming) ?? false;
    } catch (error) {
      this.#fault(error);
      incoming.socket.destroy();
      return true;
    }
  }

  #fault(error: unknown): void {
    if (this.#deps.onFault) this.#deps.onFault(error);
    else console.error(error);
  }
}

/** `mode`: the one that the sender asked for, in place of the route's. */
function recordRoute(trace: TraceRecord, route: Route, mode: Mode | null): void {
  const { kind, scriptName, pathInfo } = route;
  const script = route.kind === "script" ? route : null;
  // A route to an address has only a name.
  const file = script?.external && script.scriptHash === null ? null : route.file;
  const scriptHash = script?.scriptHash ?? null;
  trace.route = { kind, file, scriptName, pathInfo, mode: script && (mode ?? script.mode), scriptHash };
  trace.notes.handlerBecause = script?.handlerBecause ?? null;
}

function respondWithoutRoute(exchange: HttpExchange, { status, why, location }: NoRoute): void {
  const headers: HeaderPair[] = location === null ? [] : [[byteString("Location"), location]];
  exchange.respondWithPage(status, why, status === 400 ? "bad-request" : "ok", headers);
}
