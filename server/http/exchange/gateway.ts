// The life of a request: its target is resolved to a route; a script's route and the request give the meta-variables; the mode's
// runner runs the script; its head is understood and framed; exactly that goes on the wire. All of it is written into one trace,
// which ends when the answer is out and the script is over. Nothing here throws to the outside.

import { removeItem } from "../../base/remove-item.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import { parseTarget, type Target } from "../../protocol/target.js";
import type { Guard, NoRoute, Route } from "../../routing/route.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { AccessControl, type SignedIn } from "../access/access-control.js";
import { checkHostField, checkOrigin } from "../access/origin-check.js";
import { DisconnectDetector } from "../front/disconnect-detector.js";
import { maxLocalRedirects } from "../front/http-limits.js";
import type { Incoming, Refused, RequestHandler } from "../front/incoming.js";
import { overrideOf, requestHead, sender } from "../front/request-head.js";
import { checkVersion } from "../front/version-check.js";
import { ScriptService } from "../script/script-service.js";
import { answerStatic } from "../static/answer-static.js";
import { answerRefused } from "./answer-refused.js";
import { ConcurrencyLimiter } from "./concurrency-limiter.js";
import type { GatewayDeps } from "./gateway-deps.js";
import { HttpExchange } from "./http-exchange.js";
import { IdleQueue } from "./idle-queue.js";
import { redirectedRequest } from "./local-redirect.js";
import { exchangeMessage } from "./messages.js";

const stoppedByUser = { outcome: "stopped", status: 503, cause: exchangeMessage("stopped-by-user") } as const;
const serverStopped = { outcome: "stopped", status: 503, cause: exchangeMessage("server-stopped") } as const;

/** With no more exchanges under way than this the loop waits for scripts now and then. */
const fewExchanges = 2;

export class Gateway implements RequestHandler {
  readonly #deps: GatewayDeps;
  readonly #limiter = new ConcurrencyLimiter();
  readonly #access = new AccessControl();
  readonly #peers = new DisconnectDetector();
  readonly #scripts: ScriptService;
  readonly #exchanges: HttpExchange[] = [];
  readonly #idleQueue = new IdleQueue();
  /** Exchanges of which something is still to be done. */
  #underWay = 0;
  #onIdle: () => void = () => {};
  #closing = false;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
    this.#scripts = new ScriptService({
      limiter: this.#limiter,
      runners: deps.runners,
      variables: deps.traces.variables,
    });
  }

  get running(): number {
    return this.#limiter.running;
  }

  get queued(): number {
    return this.#limiter.queued;
  }

  handle(incoming: Incoming): void {
    if (this.#isPreview(incoming)) return;
    void this.#work(this.#live(incoming));
    if (this.#exchanges.length <= fewExchanges) this.#idleQueue.flushNextTick();
  }

  refuse(refused: Refused): void {
    void this.#work(answerRefused(refused, this.#deps));
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

  /** Never rejects. */
  async #work(work: Promise<void>): Promise<void> {
    this.#underWay++;
    try {
      await work;
    } catch (error) {
      this.#fault(error);
    }
    if (--this.#underWay === 0) this.#onIdle();
  }

  async #live(incoming: Incoming): Promise<void> {
    const exchange = this.#begin(incoming);
    const unwatch = this.#peers.watch(incoming.socket, () => {
      exchange.clientGone();
      incoming.socket.destroy();
    });
    try {
      await null; // only after the parser's turn does node know that a request without a body is complete
      await this.#serve(exchange);
    } catch (error) {
      this.#fault(error);
      exchange.abort(
        exchangeMessage("internal-error", { systemText: error instanceof Error ? error.message : String(error) }),
      );
    }
    await exchange.finish();
    unwatch();
    exchange.dispose();
    const traces = this.#ended(exchange);
    await this.#idleQueue.whenIdle();
    for (const trace of traces) {
      this.#deps.previews?.noteEnded(trace);
      this.#deps.traces.end(trace);
    }
  }

  #begin(incoming: Incoming): HttpExchange {
    const { connection, nth, head, t0Ms, headAt } = incoming;
    const request = requestHead(incoming.req);
    const override = overrideOf(this.#deps.overrides, connection);
    const trace = this.#deps.traces.begin({
      t0Ms,
      client: { address: connection.remoteAddress, port: connection.remotePort, from: sender(request, override) },
      connection: { id: connection.id, nth },
      parent: override?.parent ?? this.#deps.previews?.parentOf(incoming.req) ?? null,
      request: {
        head,
        method: request.method,
        target: request.target,
        httpVersion: incoming.req.httpVersion,
        headers: request.headers,
      },
    });
    trace.timing.headAt = headAt - t0Ms;
    override?.onTrace(trace);
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
    const { req, res } = exchange.incoming;
    const foreign = checkVersion(req);
    if (foreign) {
      res.shouldKeepAlive = false;
      return exchange.answerPage(foreign.status, foreign.why, "bad-request");
    }
    const malformed = checkHostField(exchange.request);
    if (malformed) return exchange.answerPage(malformed.status, malformed.why, "bad-request");
    const parsed = parseTarget(exchange.request.target, exchange.settings.policy);
    if (!parsed.ok) return exchange.answerPage(parsed.status, parsed.why, "bad-request");
    const refusal = exchange.override
      ? null
      : checkOrigin(exchange.request, parsed.target, exchange.incoming.connection, exchange.settings);
    if (refusal) return exchange.answerPage(refusal.status, refusal.why, "bad-request");

    const answered = this.#answer(exchange, exchange.request, parsed.target, false);
    let next = answered === null ? null : await answered;
    for (let redirects = 0; next !== null; redirects++) {
      if (redirects === maxLocalRedirects)
        return exchange.answerPage(
          500,
          exchangeMessage("too-many-local-redirects", { limit: maxLocalRedirects, location: next }),
          "invalid-output",
        );
      const target = parseTarget(next, exchange.settings.policy);
      if (!target.ok) {
        const status = target.status === 404 ? 404 : 500; // what a client would have got for asking, unless that were its own mistake
        return exchange.answerPage(
          status,
          exchangeMessage("local-redirect-target-refused", { location: next, why: target.why }),
          "invalid-output",
        );
      }
      next = await this.#answer(exchange, redirectedRequest(exchange.request, next), target.target, true);
    }
  }

  /** Answers, or gives the location of a local redirect to be answered instead. Null: it is answered already, and there is none. */
  #answer(
    exchange: HttpExchange,
    request: RequestHead,
    target: Target,
    redirected: boolean,
  ): null | Promise<ByteString | null> {
    const guard = this.#deps.routing.guard(target);
    return guard
      ? this.#answerGuarded(guard, exchange, request, target, redirected)
      : this.#answerRoute(exchange, request, target, redirected, null);
  }

  async #answerGuarded(
    guard: Guard,
    exchange: HttpExchange,
    request: RequestHead,
    target: Target,
    redirected: boolean,
  ): Promise<ByteString | null> {
    const access = await this.#access.check(guard, request);
    if (access.ok) return this.#answerRoute(exchange, request, target, redirected, access.signedIn);
    exchange.answerPage(access.status, access.why, access.status === 401 ? "ok" : "upstream-error", access.headers);
    return null;
  }

  #answerRoute(
    exchange: HttpExchange,
    request: RequestHead,
    target: Target,
    redirected: boolean,
    signedIn: SignedIn | null,
  ): null | Promise<ByteString | null> {
    const route = this.#deps.routing.resolve(target);
    if (!redirected) noteRoute(exchange, route);
    switch (route.kind) {
      case "none":
        answerNone(exchange, route);
        return null;
      case "static":
        return answerStatic(exchange, request, route, this.#deps.staticFiles).then(() => null);
      case "script": {
        const trace = redirected ? this.#beginRun(exchange, request, route) : exchange.trace;
        return this.#scripts.serve({ exchange, request, target, route, redirected, trace, signedIn });
      }
    }
  }

  /** A local redirect's further run has a trace of its own; what goes over the wire belongs to the first. */
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
    noteRoute({ trace }, route);
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

  /** True when a recorded response was the answer: nothing runs, and there is no trace. */
  #isPreview(incoming: Incoming): boolean {
    try {
      return this.#deps.previews?.answer(incoming) ?? false;
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

function noteRoute({ trace }: Pick<HttpExchange, "trace">, route: Route): void {
  const { kind, scriptName, pathInfo } = route;
  const file = route.kind === "script" && route.external && route.scriptHash === null ? null : route.file; // of an address's route only a name
  trace.route = { kind, file, scriptName, pathInfo, mode: null, scriptHash: null };
  if (route.kind !== "script") return;
  trace.route.mode = route.mode;
  trace.route.scriptHash = route.scriptHash;
  trace.notes.handlerBecause = route.handlerBecause;
}

function answerNone(exchange: HttpExchange, { status, why, location }: NoRoute): void {
  const headers: HeaderPair[] = location === null ? [] : [[byteString("Location"), location]];
  exchange.answerPage(status, why, status === 400 ? "bad-request" : "ok", headers);
}
