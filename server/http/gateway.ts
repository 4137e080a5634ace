// The life of a request: its target is resolved to a route; a script's route and the request give the meta-variables; the mode's
// runner runs the script; its head is understood and framed; exactly that goes on the wire. All of it is written into one trace,
// which ends when the answer is out and the script is over. Nothing here throws to the outside.
import type { ByteString } from "../contract/bytes-text.js";
import type { Mode } from "../contract/trace.js";
import { byteString } from "../protocol/byte-string.js";
import type { HeaderPair, RequestHead } from "../protocol/request.js";
import { parseTarget, type Target } from "../protocol/target.js";
import { removeItem } from "../remove-item.js";
import type { Guard, NoRoute, Route } from "../routing/route.js";
import { CgiRunner } from "../runners/cgi/cgi-runner.js";
import type { Runner } from "../runners/runner.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { AccessControl, type SignedIn } from "./access-control.js";
import { Admission } from "./admission.js";
import { Aftermath } from "./aftermath.js";
import { answerRefused } from "./answer-refused.js";
import { answerStatic } from "./answer-static.js";
import { maxLocalRedirects } from "./front-limits.js";
import type { GatewayDeps } from "./gateway-deps.js";
import type { Incoming, Refused, RequestHandler } from "./incoming.js";
import { redirectedRequest } from "./local-redirect.js";
import { checkHostField, checkOrigin } from "./origin-check.js";
import { PeerWatch } from "./peer-gone.js";
import { claimOf, requestHead, sender } from "./request-head.js";
import { RequestLife } from "./request-life.js";
import { ScriptService } from "./script-service.js";
import { checkVersion } from "./version-check.js";

const stoppedByUser = { outcome: "stopped", status: 503, detail: "Somebody pressed Stop." } as const;
const serverStopped = { outcome: "stopped", status: 503, detail: "The server was stopped." } as const;

/** With no more exchanges under way than this the loop waits for scripts now and then. */
const fewLives = 2;

export class Gateway implements RequestHandler {
  readonly #deps: GatewayDeps;
  readonly #admission = new Admission();
  readonly #access = new AccessControl();
  readonly #peers = new PeerWatch();
  readonly #scripts: ScriptService;
  readonly #lives: RequestLife[] = [];
  readonly #aftermath = new Aftermath();
  /** Exchanges of which something is still to be done. */
  #underWay = 0;
  #onIdle: () => void = () => {};
  #closing = false;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
    this.#scripts = new ScriptService({
      admission: this.#admission,
      runners: new Map<Mode, Runner>([["cgi", new CgiRunner(deps.starter)], ...(deps.runners ?? [])]),
    });
  }

  get running(): number {
    return this.#admission.running;
  }

  get queued(): number {
    return this.#admission.queued;
  }

  handle(incoming: Incoming): void {
    if (this.#isPreview(incoming)) return;
    void this.#work(this.#live(incoming));
    if (this.#lives.length <= fewLives) this.#aftermath.afterThisTurn();
  }

  refuse(refused: Refused): void {
    void this.#work(answerRefused(refused, this.#deps));
  }

  stop(traceId: string): boolean {
    const life = this.#lives.find((one) => one.hasTrace(traceId));
    life?.interruption.interrupt(stoppedByUser);
    return life !== undefined;
  }

  /** Ends every exchange and resolves when their traces are complete. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const life of [...this.#lives]) life.interruption.interrupt(serverStopped);
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
    const life = this.#begin(incoming);
    const unwatch = this.#peers.watch(incoming.socket, () => {
      life.clientGone();
      incoming.socket.destroy();
    });
    try {
      await null; // only after the parser's turn does node know that a request without a body is complete
      await this.#serve(life);
    } catch (error) {
      this.#fault(error);
      life.abort(`The workbench itself failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    await life.over();
    unwatch();
    life.dispose();
    const traces = this.#ended(life);
    await this.#aftermath.time();
    for (const trace of traces) {
      this.#deps.previews?.noteEnded(trace);
      this.#deps.traces.end(trace);
    }
  }

  #begin(incoming: Incoming): RequestLife {
    const { connection, nth, head, zero, headAt } = incoming;
    const request = requestHead(incoming.req);
    const claim = claimOf(this.#deps.claims, connection);
    const trace = this.#deps.traces.begin({
      zero,
      client: { address: connection.remoteAddress, port: connection.remotePort, from: sender(request, claim) },
      connection: { id: connection.id, nth },
      parent: claim?.parent ?? this.#deps.previews?.parentOf(incoming.req) ?? null,
      request: { head, method: request.method, target: request.target, httpVersion: incoming.req.httpVersion, headers: request.headers },
    });
    trace.timing.headAt = headAt - zero;
    claim?.onTrace(trace);
    const life = new RequestLife({ incoming, request, trace, claim, settings: this.#deps.settings(), captureBytes: this.#deps.traces.captureBytes });
    this.#lives.push(life);
    if (this.#closing) life.interruption.interrupt(serverStopped);
    return life;
  }

  async #serve(life: RequestLife): Promise<void> {
    const { req, res } = life.incoming;
    const foreign = checkVersion(req);
    if (foreign) {
      res.shouldKeepAlive = false;
      return life.answerPage(foreign.status, foreign.why, "bad-request");
    }
    const malformed = checkHostField(life.request);
    if (malformed) return life.answerPage(malformed.status, malformed.why, "bad-request");
    const parsed = parseTarget(life.request.target, life.settings.policy);
    if (!parsed.ok) return life.answerPage(parsed.status, parsed.why, "bad-request");
    const refusal = life.claim ? null : checkOrigin(life.request, parsed.target, life.incoming.connection, life.settings);
    if (refusal) return life.answerPage(refusal.status, refusal.why, "bad-request");

    const answered = this.#answer(life, life.request, parsed.target, false);
    let next = answered === null ? null : await answered;
    for (let redirects = 0; next !== null; redirects++) {
      if (redirects === maxLocalRedirects)
        return life.answerPage(
          500,
          `The request went through ${maxLocalRedirects} local redirects and was sent on once more, to ${next}. That is probably a loop.`,
          "invalid-output",
        );
      const target = parseTarget(next, life.settings.policy);
      if (!target.ok) {
        const status = target.status === 404 ? 404 : 500; // what a client would have got for asking, unless that were its own mistake
        return life.answerPage(status, `The script redirected to ${next}, which cannot be served: ${target.why}`, "invalid-output");
      }
      next = await this.#answer(life, redirectedRequest(life.request, next), target.target, true);
    }
  }

  /** Answers, or gives the location of a local redirect to be answered instead. Null: it is answered already, and there is none. */
  #answer(life: RequestLife, request: RequestHead, target: Target, redirected: boolean): null | Promise<ByteString | null> {
    const guard = this.#deps.routing.guard(target);
    return guard ? this.#answerGuarded(guard, life, request, target, redirected) : this.#answerRoute(life, request, target, redirected, null);
  }

  async #answerGuarded(guard: Guard, life: RequestLife, request: RequestHead, target: Target, redirected: boolean): Promise<ByteString | null> {
    const access = await this.#access.check(guard, request);
    if (access.ok) return this.#answerRoute(life, request, target, redirected, access.signedIn);
    life.answerPage(access.status, access.why, access.status === 401 ? "ok" : "upstream-error", access.headers);
    return null;
  }

  #answerRoute(life: RequestLife, request: RequestHead, target: Target, redirected: boolean, signedIn: SignedIn | null): null | Promise<ByteString | null> {
    const route = this.#deps.routing.resolve(target);
    if (!redirected) noteRoute(life, route);
    switch (route.kind) {
      case "none":
        answerNone(life, route);
        return null;
      case "static":
        return answerStatic(life, request, route, this.#deps.staticFiles).then(() => null);
      case "script": {
        const trace = redirected ? this.#beginRun(life, request, route) : life.trace;
        return this.#scripts.serve({ life, request, target, route, redirected, trace, signedIn });
      }
    }
  }

  /** A local redirect's further run has a trace of its own; what goes over the wire belongs to the first. */
  #beginRun(life: RequestLife, request: RequestHead, route: Route) {
    const { client, connection, id } = life.trace;
    const zero = performance.now();
    const trace = this.#deps.traces.begin({ zero, client, connection, parent: { id, kind: "local-redirect" }, request: { head: byteString(""), ...request } });
    noteRoute({ trace }, route);
    life.addTrace(trace);
    return trace;
  }

  #ended(life: RequestLife): TraceRecord[] {
    const done = performance.now();
    const traces = life.judged();
    removeItem(this.#lives, life);
    for (const trace of traces) trace.timing.doneAt = done - trace.zero;
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

function noteRoute({ trace }: Pick<RequestLife, "trace">, route: Route): void {
  const { kind, scriptName, pathInfo } = route;
  const file = route.kind === "script" && route.external && route.scriptHash === null ? null : route.file; // of an address's route only a name
  trace.route = { kind, file, scriptName, pathInfo, mode: null, scriptHash: null };
  if (route.kind !== "script") return;
  trace.route.mode = route.mode;
  trace.route.scriptHash = route.scriptHash;
  trace.notes.handlerBecause = route.handlerBecause;
}

function answerNone(life: RequestLife, { status, why, location }: NoRoute): void {
  const headers: HeaderPair[] = location === null ? [] : [[byteString("Location"), location]];
  life.answerPage(status, why, status === 400 ? "bad-request" : "ok", headers);
}
