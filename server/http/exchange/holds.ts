// Requests that wait for a person: before their script starts, or when its headers are there and the client has nothing
// yet. Who holds one sees what would happen, may change it, and lets it go on or responds in the script's place.
import type { ByteString } from "../../contract/bytes-text.js";
import type { HeldRequest, HoldMoment, HoldRuleInput } from "../../contract/hold-contract.js";
import { maxHeld } from "../../contract/limits.js";
import type { HeldPart } from "../../contract/trace.js";
import type { HeaderPair } from "../../protocol/request.js";
import { microseconds } from "../../trace/formats/trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { HttpExchange } from "./http-exchange.js";
import { exchangeMessage } from "./messages.js";

/** Each part that is given takes the place of what was planned. */
export interface HoldDecision {
  readonly variables?: readonly HeaderPair[] | undefined;
  readonly args?: readonly ByteString[] | undefined;
  readonly body?: Uint8Array | undefined;
  readonly status?: number | undefined;
  readonly headers?: readonly HeaderPair[] | undefined;
  /** The status, headers and body are the response, in the script's place. */
  readonly isByHand?: boolean;
  /** It is held again when its headers are there. */
  readonly holdsHeaders?: boolean;
}

/** A rule says which requests are held. */
export interface HoldRule extends HoldRuleInput {
  matches(trace: TraceRecord): boolean;
}

export interface Held {
  readonly trace: TraceRecord;
  /** What would happen next, as the windows see it. */
  readonly plan: HeldRequest["plan"];
  /** It is held since then, Unix time in ms. */
  readonly since: number;
  readonly decide: (decision: HoldDecision) => void;
}

/** With the place in the trace for what is edited. */
export interface Released extends HoldDecision {
  readonly record: HeldPart;
}

interface KeptRule {
  readonly rule: HoldRule;
  readonly end: () => void;
  /** Called when it ends: one for each request that it holds. */
  readonly leaves: Set<() => void>;
  /** It has held its one request. */
  isUsed: boolean;
}

export class Holds {
  /** Called when a request is held or goes on, or the rules have changed. */
  onChange: () => void = () => {};
  readonly #rules = new Set<KeptRule>();
  readonly #held = new Map<string, Held>();
  /** The rules that hold a request, or hold it again. */
  readonly #holders = new Map<HttpExchange, KeptRule>();

  get held(): readonly Held[] {
    return [...this.#held.values()];
  }

  get rules(): readonly HoldRule[] {
    return [...this.#rules].filter(({ isUsed }) => !isUsed).map(({ rule }) => rule);
  }

  /**
   * Holds requests until the signal aborts or, for a rule that holds one, until that goes on. What is held when the
   * signal aborts is held by another rule that matches it, or else goes on as it was planned.
   */
  async keep(rule: HoldRule, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        signal.removeEventListener("abort", end);
        if (!this.#rules.delete(kept)) return;
        for (const leave of kept.leaves) leave();
        this.onChange();
        resolve();
      };
      const kept: KeptRule = { rule, end, leaves: new Set(), isUsed: false };
      signal.addEventListener("abort", end);
      this.#rules.add(kept);
      this.onChange();
    });
  }

  /** Ends every rule. */
  clear(): void {
    for (const { end } of this.#rules) end();
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
      const timer = setTimeout(done, latencyMs ?? 0);
      const stopListening = exchange.exchangeAbort.onAbort(done);
    });
  }

  /** Says whether a request is to be held: hardly any is, so this must cost nothing. */
  asks(exchange: HttpExchange, trace: TraceRecord, moment: HoldMoment): boolean {
    const isAsked = this.#isAgain(exchange, moment) || this.#ruleFor(trace, moment) !== null;
    return isAsked && !this.#isFull(exchange, trace);
  }

  /** Waits for a decision; for null, if the exchange is aborted. Null: the request is not held after all. */
  hold(exchange: HttpExchange, trace: TraceRecord, plan: HeldRequest["plan"]): null | Promise<Released | null> {
    const isAgain = this.#isAgain(exchange, plan.moment);
    const kept = isAgain ? this.#holders.get(exchange) : this.#ruleFor(trace, plan.moment);
    if (exchange.exchangeAbort.reason || (!kept && !isAgain) || this.#isFull(exchange, trace)) return null;
    return new Promise((resolve) => {
      const goOn = standStill(exchange, trace, plan.moment);
      const done = (decision: HoldDecision | null, ended: HeldPart["ended"]) => {
        if (!this.#held.delete(trace.id)) return;
        stopListening();
        this.#holders.get(exchange)?.leaves.delete(leave);
        const holdsAgain = decision?.holdsHeaders === true;
        if (holdsAgain || this.#holders.has(exchange)) exchange.holdsAt = holdsAgain ? "headers" : null;
        if (!holdsAgain) this.release(exchange);
        const record = goOn(ended);
        this.onChange();
        resolve(decision && { ...decision, record });
      };
      const take = (by: KeptRule): void => {
        if (this.#holders.get(exchange) !== by) this.release(exchange);
        this.#holders.set(exchange, by);
        if (by.rule.isOnce) by.isUsed = true;
        by.leaves.add(leave);
      };
      const leave = (): void => {
        const other = this.#ruleFor(trace, plan.moment);
        if (other) take(other);
        else done({}, "let-go");
      };
      if (kept) take(kept);
      this.#held.set(trace.id, {
        trace,
        plan,
        since: Date.now(),
        decide: (decision) => done(decision, decision.isByHand ? "answered" : "continued"),
      });
      const stopListening = exchange.exchangeAbort.onAbort(() => done(null, "aborted"));
      this.onChange();
    });
  }

  /** Its sender holds it, or whoever held it before holds it again. */
  #isAgain(exchange: HttpExchange, moment: HoldMoment): boolean {
    if (exchange.holdsAt !== moment) return false;
    const kept = this.#holders.get(exchange);
    return !kept || this.#rules.has(kept);
  }

  /** The request goes on, or is over. A rule for one request alone ends with it. */
  release(exchange: HttpExchange): void {
    const by = this.#holders.get(exchange);
    this.#holders.delete(exchange);
    if (by?.isUsed) by.end();
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
  return (ended: HeldPart["ended"]): HeldPart => {
    exchange.phase = "running";
    exchange.clock.resume();
    const at = microseconds(beganMs - trace.t0Ms);
    const ms = microseconds(performance.now() - beganMs);
    const record: HeldPart = { at, ms, moment, ended, edits: [] };
    trace.held = [...(trace.held ?? []), record];
    return record;
  };
}
