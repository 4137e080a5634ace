// Requests that wait for a person: before their script starts, or when its headers are there and the client has nothing
// yet. Who holds one sees what would happen, may change it, and lets it go on or responds in the script's place.
import type { ByteString } from "../../contract/bytes-text.js";
import type { HoldMoment, Pace } from "../../contract/hold-contract.js";
import { maxHeld } from "../../contract/limits.js";
import type { FramingInput } from "../../protocol/framing.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { HeldRecord, RecordedVariable, TraceRecord } from "../../trace/trace-record.js";
import type { Holder, HttpExchange } from "./http-exchange.js";
import { exchangeMessage } from "./messages.js";

/** A plan says what would happen next. */
export type HeldPlan =
  | {
      readonly moment: "start";
      /** What comes before the arguments on the command line. */
      readonly command: readonly ByteString[];
      /** Null: the process runs already, and gets none. */
      readonly args: readonly ByteString[] | null;
      readonly variables: readonly RecordedVariable[];
      readonly bodyBytes: number;
      readonly isNph: boolean;
    }
  | ({ readonly moment: "headers" } & Pick<FramingInput, "status" | "reason" | "headers">);

type NameAndValue = readonly [name: ByteString, value: ByteString];

/** A part that is not null takes the place of what was planned. */
export interface HoldEdits {
  readonly variables: readonly NameAndValue[] | null;
  readonly args: readonly ByteString[] | null;
  readonly body: Uint8Array | null;
  readonly status: number | null;
  readonly headers: readonly HeaderPair[] | null;
}
export interface HoldDecision extends HoldEdits {
  /** The status, headers and body are the response, in the script's place. */
  readonly isByHand: boolean;
  /** It is held again when its headers are there. */
  readonly holdsHeaders: boolean;
}

/** A rule says which requests are held. */
export interface HoldRule {
  readonly query: string;
  readonly moment: HoldMoment;
  /** It holds only the next request. */
  readonly isOnce: boolean;
  /** It slows requests down and holds none. */
  readonly pace: Pace | null;
  matches(trace: TraceRecord): boolean;
}

export interface Held {
  readonly trace: TraceRecord;
  readonly plan: HeldPlan;
  /** It is held since then, Unix time in ms. */
  readonly since: number;
  readonly decide: (decision: HoldDecision) => void;
}

/** The decision, and the place in the trace for what is edited; null: the exchange was aborted meanwhile. */
type Released = { readonly decision: HoldDecision; readonly record: HeldRecord } | null;

const asPlanned: HoldDecision = {
  ...{ variables: null, args: null, body: null, status: null, headers: null },
  ...{ isByHand: false, holdsHeaders: false },
};

/** A rule, and the requests that it holds. */
class KeptRule implements Holder {
  readonly rule: HoldRule;
  /** The requests that it holds, or holds again, each with what is to be called when this rule ends. */
  readonly requests = new Map<HttpExchange, (() => void) | null>();
  readonly end: () => void;
  isUsed = false;

  constructor(rule: HoldRule, end: () => void) {
    this.rule = rule;
    this.end = end;
  }

  take(exchange: HttpExchange, leave: (() => void) | null): void {
    if (exchange.holder !== this) exchange.holder?.release(exchange);
    exchange.holder = this;
    if (this.rule.isOnce) this.isUsed = true;
    this.requests.set(exchange, leave);
  }

  /** A rule for one request alone ends with it. */
  release(exchange: HttpExchange): void {
    exchange.holder = null;
    if (this.requests.delete(exchange) && this.isUsed && this.requests.size === 0) this.end();
  }
}

export class Holds {
  /** Called when a request is held or goes on, or the rules have changed. */
  onChange: () => void = () => {};
  readonly #rules = new Set<KeptRule>();
  readonly #held = new Map<string, Held>();

  get held(): readonly Held[] {
    return [...this.#held.values()];
  }

  get rules(): readonly HoldRule[] {
    return [...this.#rules].filter(({ isUsed }) => !isUsed).map(({ rule }) => rule);
  }

  /** Finds the held request with this trace; null: it is not held. */
  get(id: string): Held | null {
    return this.#held.get(id) ?? null;
  }

  /**
   * Holds requests until the signal aborts or, for a rule that holds one, until that goes on. What is held when the
   * signal aborts is held by another rule that matches it, or else goes on as it was planned.
   */
  async keep(rule: HoldRule, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        signal.removeEventListener("abort", end);
        if (!this.#rules.delete(kept)) return;
        for (const [exchange, leave] of kept.requests) {
          exchange.holder = null;
          if (leave) leave();
          else exchange.holdsAt = null;
        }
        this.onChange();
        resolve();
      };
      const kept = new KeptRule(rule, end);
      signal.addEventListener("abort", end);
      this.#rules.add(kept);
      this.onChange();
    });
  }

  /** Ends every rule. */
  clear(): void {
    for (const kept of this.#rules) kept.end();
  }

  /**
   * Sends the request as over the slow network of a rule that matches it: resolves after the latency, or when the
   * exchange is aborted. Null: there is no such rule.
   */
  slowDown(exchange: HttpExchange): Promise<void> | null {
    const kept = this.#ruleFor(exchange.trace, null);
    if (!kept?.rule.pace || exchange.exchangeAbort.reason) return null;
    const { latencyMs, upPerSecond, downPerSecond } = kept.rule.pace;
    if (kept.rule.isOnce) kept.end();
    if (upPerSecond !== null) exchange.incoming.body.slowDown(upPerSecond);
    exchange.downPerSecond = downPerSecond;
    const goOn = standStill(exchange, exchange.trace, "start");
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stopListening();
        goOn("slowed");
        resolve();
      };
      const timer = setTimeout(done, latencyMs);
      const stopListening = exchange.exchangeAbort.onAbort(done);
    });
  }

  /** Says whether a request is to be held: hardly any is, so this must cost nothing. */
  asks(exchange: HttpExchange, trace: TraceRecord, moment: HoldMoment): boolean {
    const isAsked = exchange.holdsAt === moment || (this.#rules.size > 0 && this.#ruleFor(trace, moment) !== null);
    return isAsked && !this.#isFull(exchange, trace);
  }

  /** Waits for a decision. Null: the request is not held after all. */
  hold(exchange: HttpExchange, trace: TraceRecord, plan: HeldPlan): null | Promise<Released> {
    // Its sender holds it, or whoever held it before holds it again.
    const isAgain = exchange.holdsAt === plan.moment;
    const kept = isAgain ? exchange.holder : this.#ruleFor(trace, plan.moment);
    if (exchange.exchangeAbort.reason || (!kept && !isAgain) || this.#isFull(exchange, trace)) return null;
    return new Promise((resolve) => {
      const goOn = standStill(exchange, trace, plan.moment);
      const done = (decision: HoldDecision | null, ended: HeldRecord["ended"]) => {
        if (!this.#held.delete(trace.id)) return;
        stopListening();
        const holdsAgain = decision?.holdsHeaders === true;
        if (holdsAgain || exchange.holder) exchange.holdsAt = holdsAgain ? "headers" : null;
        if (holdsAgain) exchange.holder?.take(exchange, null);
        else exchange.holder?.release(exchange);
        const record = goOn(ended);
        this.onChange();
        resolve(decision && { decision, record });
      };
      const leave = () => {
        const other = this.#ruleFor(trace, plan.moment);
        if (other) other.take(exchange, leave);
        else done(asPlanned, "let-go");
      };
      this.#held.set(trace.id, {
        trace,
        plan,
        since: Date.now(),
        decide: (decision) => done(decision, decision.isByHand ? "answered" : "continued"),
      });
      kept?.take(exchange, leave);
      const stopListening = exchange.exchangeAbort.onAbort(() => done(null, "aborted"));
      this.onChange();
    });
  }

  /** Says whether so many are held already that this one is not; then its trace says so, too. */
  #isFull(exchange: HttpExchange, trace: TraceRecord): boolean {
    if (this.#held.size < maxHeld) return false;
    exchange.setNote(exchangeMessage("not-held", { limit: maxHeld }), trace);
    return true;
  }

  /** `moment` null: it is to be slowed down. */
  #ruleFor(trace: TraceRecord, moment: HoldMoment | null): KeptRule | null {
    for (const kept of this.#rules) {
      const { rule, isUsed } = kept;
      if (!isUsed && (rule.pace ? null : rule.moment) === moment && rule.matches(trace)) return kept;
    }
    return null;
  }
}

/** No limit of time counts. Returns what ends that, and writes it into the trace. */
function standStill(exchange: HttpExchange, trace: TraceRecord, moment: HoldMoment) {
  const beganMs = performance.now();
  exchange.phase = "held";
  exchange.clock.suspend();
  return (ended: HeldRecord["ended"]): HeldRecord => {
    exchange.phase = "running";
    exchange.clock.resume();
    const at = beganMs - trace.t0Ms;
    const record: HeldRecord = { at, ms: performance.now() - beganMs, moment, ended, edits: [] };
    trace.held = [...(trace.held ?? []), record];
    return record;
  };
}
