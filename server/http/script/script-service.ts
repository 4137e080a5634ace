// Runs a script for a request and responds with what it says: a document, a redirect, its
// own HTTP (NPH), or a page about why not.
import type { ByteString } from "../../contract/bytes-text.js";
import {
  callsApplication,
  canCatchMail,
  isOwnProcess,
  isRunByAgent,
  type Mode,
  modeTraits,
  speaksWebSocket,
} from "../../contract/modes.js";
import { byteString } from "../../protocol/byte-string.js";
import type { FramingInput } from "../../protocol/framing.js";
import { fieldMessage } from "../../protocol/framing-messages.js";
import type { HeaderPair, NameAndWhy } from "../../protocol/request.js";
import type { ScriptHead } from "../../protocol/script-head.js";
import type { ScriptResponse } from "../../protocol/script-response.js";
import { unfitMode } from "../../routing/mode-compatibility.js";
import type { RecordedAnswers } from "../../runners/commands/recorded-answers.js";
import type { MailCatcher } from "../../runners/mail/mail-catcher.js";
import { SmtpReceiver } from "../../runners/mail/smtp-receiver.js";
import { mailInSource } from "../../runners/mail/uncaught-mail.js";
import type { DebuggedStart, RunFailure, Runner } from "../../runners/runner.js";
import type { Runners } from "../../runners/runners.js";
import { touchedMessage } from "../../runners/touched/messages.js";
import type { ServerProfile } from "../../servers/profiles.js";
import { recordedScript } from "../../trace/recorded-script.js";
import type { SharedVariables } from "../../trace/shared-variables.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { AcquireResult, ConcurrencyLimiter } from "../base/concurrency-limiter.js";
import { classifyOutcome, responderKind } from "../exchange/classify-outcome.js";
import type { RepeatedResponse } from "../exchange/framed-response.js";
import type { Holds } from "../exchange/holds.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import { exchangeMessage } from "../exchange/messages.js";
import { preconditions, validatorsIn } from "../response/preconditions.js";
import { type Debuggers, debugStart, type ScriptDebugger } from "./debug-script.js";
import { holdHeaders, holdStart, type Start } from "./hold-script.js";
import { receiveBody } from "./receive-body.js";
import { emptyBody } from "./request-body.js";
import { ScriptHeads } from "./script-heads.js";
import { ScriptInputs, type ScriptInvocation } from "./script-inputs.js";
import { ScriptRun } from "./script-run.js";
import { answerLike, respondLike, variablesLike } from "./serve-like.js";
import type { WebSocketSession } from "./web-socket-session.js";

interface ScriptServiceOptions {
  readonly limiter: ConcurrencyLimiter;
  readonly holds: Holds;
  readonly debuggers: Debuggers;
  readonly runners: Runners;
  /** Lists what a script touches; `startedAt`: Unix time of the request's first byte, ms. */
  readonly watching: (startedAt: number) => Runner;
  readonly answers: () => RecordedAnswers | null;
  readonly mail: MailCatcher;
  /** The variables that the trace log shares. */
  readonly variables: SharedVariables;
}

export class ScriptService {
  readonly #options: ScriptServiceOptions;
  readonly #inputs: ScriptInputs;
  readonly #heads = new ScriptHeads();

  constructor(options: ScriptServiceOptions) {
    this.#options = options;
    this.#inputs = new ScriptInputs(options.variables, options.mail);
  }

  /** Responds to the request, or gives the location of a local redirect. */
  async serve(step: ScriptInvocation): Promise<ByteString | null> {
    const { exchange, route, trace } = step;
    const mode = trace.route.mode ?? route.mode;
    const unfit = unfitMode(mode, route);
    if (unfit !== null) {
      exchange.respondWithPage(501, unfit, "ok", [], trace);
      return null;
    }
    const { webSocket } = modeTraits[mode];
    const session = webSocket && (await webSocketSession(exchange, trace, webSocket));
    if (session?.refuse()) return null;
    const mail = canCatchMail(mode) && exchange.settings.catchesMail ? mailInSource(route) : null;
    if (mail?.uncaught) {
      exchange.respondWithPage(500, exchangeMessage("mail-not-caught", { ...mail.uncaught }), "ok", [], trace);
      return null;
    }
    // What need not be waited for is not: each await of the dozen that a request
    // could do costs as much as a system call.
    const isHeld = this.#options.holds.asks(exchange, trace, "start");
    const debug = this.#debugger(trace);
    const received = session ?? (step.redirected ? emptyBody(null) : receiveBody(exchange, isHeld || debug !== null));
    const whole = received instanceof Promise ? await received : received;
    if (!whole) return null;
    const planned: Start = { body: whole, input: this.#inputs.of(step, mode, whole.length) };
    const start = isHeld ? await holdStart(this.#options.holds, this.#inputs, step, planned) : planned;
    if (!start) return null;
    const { body } = start;
    const debugged = debug && (await debugStart(debug, step, mode, start.input));
    // A request keeps its permit through its local redirects. A debugged one keeps nobody else from running.
    if (!exchange.permit && !debugged) {
      exchange.phase = "queue";
      const entered = this.#options.limiter.acquire(exchange.exchangeAbort);
      this.#admitted(exchange, entered instanceof Promise ? await entered : entered);
    }
    // A local redirect may have waited for a password to be checked, and its client may have left meanwhile.
    const mayRun = exchange.permit !== null || debugged !== null;
    const smtp = mayRun && mail?.speaksSmtp ? await SmtpReceiver.open() : null;
    const isAborted = exchange.exchangeAbort.reason !== null;
    if (mayRun && isAborted) exchange.respondAborted();
    if (!mayRun || isAborted) {
      void smtp?.close();
      body.dispose();
      return null;
    }
    trace.timing.admittedAt = performance.now() - trace.t0Ms;
    const run = this.#start(step, mode, start, { debugged: debugged?.started ?? null, smtp });
    if (session) session.run = run;
    if (debugged) void run.over.then(debugged.letGo);
    return this.#respond(step, run, await run.head);
  }

  /** Hardly any request is debugged, so this must cost nothing. */
  #debugger(trace: TraceRecord): ScriptDebugger | null {
    for (const one of this.#options.debuggers) if (one.wants(trace)) return one;
    return null;
  }

  #admitted(exchange: HttpExchange, admitted: AcquireResult): void {
    exchange.phase = "running";
    exchange.clock.activity(performance.now());
    if (admitted === "full")
      exchange.respondWithPage(503, exchangeMessage("queue-full"), "queue-full", [
        [byteString("Retry-After"), byteString("1")],
      ]);
    else if (admitted === "aborted") exchange.respondAborted();
    else exchange.permit = admitted;
  }

  #start(
    step: ScriptInvocation,
    mode: Mode,
    { body, input: given }: Start,
    { debugged, smtp }: { readonly debugged: DebuggedStart | null; readonly smtp: SmtpReceiver | null },
  ): ScriptRun {
    const { exchange, trace, route } = step;
    const { isExternal } = modeTraits[mode];
    const answers = isOwnProcess(mode) ? this.#options.answers() : null;
    const like = mode === "cgi" ? exchange.settings.serveLike : null;
    const likeIt = like ? variablesLike(like, step, given.variables) : given.variables;
    const answered = answers?.behind(likeIt) ?? likeIt;
    const { argv, cwd, env, params, variables, notExported, isNph } =
      answers || like || smtp ? this.#inputs.withVariables(step, given, smtp?.before(answered) ?? answered) : given;
    trace.argv = isExternal ? null : argv;
    trace.cwd = isExternal ? null : cwd;
    trace.env = variables;
    trace.notExported = notExported;
    const hasBody = (body.length ?? 0) > 0 || speaksWebSocket(mode);
    // A debugger leaves forked children alone: the one that prefork would fork is started by itself.
    const isAlone = debugged !== null && !callsApplication(mode);
    if (hasBody) exchange.continueUpload();
    const run = new ScriptRun({
      runner: isAlone ? this.#options.runners.cgi : this.#runner(step, mode),
      request: {
        traceId: trace.id,
        route,
        nph: isNph,
        argv,
        env,
        params,
        cwd,
        hasBody,
        debugged,
        ...(isAlone && debugged?.({ argv, env })),
      },
      body,
      heads: this.#heads,
      trace,
      captureBytes: exchange.captureBytes,
      clock: exchange.clock,
      exchangeAbort: exchange.exchangeAbort,
      answers,
      mail: canCatchMail(mode) && exchange.settings.catchesMail ? this.#options.mail : null,
      smtp,
    });
    exchange.source = run;
    exchange.addRun(trace, run);
    return run;
  }

  #runner({ exchange, trace }: ScriptInvocation, mode: Mode): Runner {
    if (exchange.override?.isTouched !== true) return this.#options.runners[mode];
    if (mode === "cgi") return this.#options.watching(trace.startedAt);
    exchange.setNote(touchedMessage("touched-mode", { mode }), trace);
    return this.#options.runners[mode];
  }

  #respond(
    step: ScriptInvocation,
    run: ScriptRun,
    head: ScriptHead | null,
  ): ByteString | null | Promise<ByteString | null> {
    const { exchange, trace } = step;
    if (run.failure) respondFailure(exchange, trace, run.failure);
    else if (!head || exchange.hasResponse) exchange.respondAborted();
    else if (exchange.hasNoClient) run.discard();
    else if (run.isNph && trace.stdout?.bytes) run.flowTo(exchange.respondRaw(trace));
    else if (exchange.settings.serveLike && trace.route.mode === "cgi")
      return this.#respondLike(exchange.settings.serveLike, step, run, head);
    else return this.#respondToHead(step, run, head);
    return null;
  }

  /** Responds as another server would. A body that is longer than what is held back is served as usual. */
  async #respondLike(
    profile: ServerProfile,
    step: ScriptInvocation,
    run: ScriptRun,
    head: ScriptHead,
  ): Promise<ByteString | null> {
    const { exchange, trace, route } = step;
    const isWhole = await new Promise<boolean>((resolve) => {
      run.hold(() => resolve(false));
      void run.outputOver.then(() => resolve(true));
    });
    if (isWhole) await run.exitedSoon();
    const answer = isWhole && !exchange.exchangeAbort.reason ? answerLike(profile, step) : null;
    if (!answer) return this.#respondToHead(step, run, head);
    trace.script = recordedScript(head, this.#heads.interpret(route, head, exchange.settings.policy).response);
    trace.notes.policy = exchange.settings.policy;
    run.discard();
    respondLike(profile, exchange, trace, answer);
    return null;
  }

  #respondToHead(
    { exchange, trace, route }: ScriptInvocation,
    run: ScriptRun,
    head: ScriptHead,
  ): null | Promise<ByteString | null> {
    const { response, reply } = this.#heads.interpret(route, head, exchange.settings.policy);
    const { kind, location } = response;
    trace.script = recordedScript(head, response);
    trace.notes.policy = exchange.settings.policy;
    if (kind === "local-redirect" && location !== null) return redirected(exchange, run, location);
    if (kind === "invalid" || reply === null) return respondInvalid(exchange, trace, run);
    const { holds } = this.#options;
    if (holds.asks(exchange, trace, "headers"))
      return holdHeaders(holds, { exchange, trace }, run, response, () =>
        respondWith(exchange, trace, run, response, reply),
      );
    respondWith(exchange, trace, run, response, reply);
    return null;
  }
}

/** Its library is loaded with the first WebSocket. */
async function webSocketSession(...connection: ConstructorParameters<typeof WebSocketSession>) {
  const { WebSocketSession } = await import("./web-socket-session.js");
  return new WebSocketSession(...connection);
}

function respondWith(
  exchange: HttpExchange,
  trace: TraceRecord,
  run: ScriptRun,
  response: ScriptResponse,
  reply: FramingInput | RepeatedResponse,
): void {
  const condition = conditionOf(exchange, response);
  if (condition === 412) {
    run.discard();
    exchange.respondWithPage(412, exchangeMessage("script-condition-failed"), "ok", [], trace);
  } else {
    // A 304 has no body: the script's is read and not sent.
    run.flowTo(exchange.respond(condition === 304 ? notModified(response.headers) : reply, null));
  }
}

/**
 * What a condition of the request makes of a script's successful response (RFC 9110 §13.2.1). Null: nothing. Methods
 * that change something have done so already.
 */
function conditionOf({ request, settings }: HttpExchange, { kind, status, headers }: ScriptResponse): 304 | 412 | null {
  if (kind !== "document" || status !== 200 || settings.policy.scriptConditions === "ignore") return null;
  const validators = request.method === "GET" || request.method === "HEAD" ? validatorsIn(headers) : null;
  return validators && preconditions(request, validators);
}

/** What describes the body. Other headers begin with Content- too: Content-Location, Content-Security-Policy. */
const aboutTheBody = /^content-(?:type|encoding|language|length|range|disposition|digest|md5)$/i;

/** RFC 9110 §15.4.5: without the headers that describe the body. */
function notModified(all: readonly HeaderPair[]): FramingInput {
  const headers: HeaderPair[] = [];
  const dropped: NameAndWhy[] = [];
  for (const field of all) {
    const [name] = field;
    if (/^status$/i.test(name)) dropped.push([name, fieldMessage("status-became-304")]);
    else if (aboutTheBody.test(name)) dropped.push([name, fieldMessage("no-body-304")]);
    else headers.push(field);
  }
  return { status: 304, reason: byteString(""), headers, dropped };
}

/** The location to be followed instead, once the script has said all it has to say. */
async function redirected(exchange: HttpExchange, run: ScriptRun, location: ByteString): Promise<ByteString | null> {
  run.discard();
  await run.outputOver;
  if (!exchange.exchangeAbort.reason) return location;
  exchange.respondAborted();
  return null;
}

async function respondInvalid(exchange: HttpExchange, trace: TraceRecord, run: ScriptRun): Promise<null> {
  run.discard();
  await run.exitedSoon();
  const { outcome, cause } = classifyOutcome(trace, run.process, null);
  if (exchange.exchangeAbort.reason) exchange.respondAborted();
  else
    exchange.respondWithPage(
      trace.fastcgi && trace.route.mode && !isRunByAgent(trace.route.mode) && run.endedInHead ? 502 : 500,
      cause ?? exchangeMessage("not-a-cgi-response", { responder: responderKind(trace.route), problem: null }),
      outcome,
      [],
      trace,
    );
  return null;
}

function respondFailure(exchange: HttpExchange, trace: TraceRecord, { status, why, outcome }: RunFailure): void {
  const cause = outcome === "spawn-error" ? exchangeMessage("not-started", { why }) : why;
  exchange.respondWithPage(status, cause, outcome, [], trace);
}
