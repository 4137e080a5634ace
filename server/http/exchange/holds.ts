// Requests that wait for a person: before their script starts, or when its headers are there and the client has nothing
// yet. Who holds one sees what would happen, may change it, and lets it go on or responds in the script's place.
import type { HeldRequest, HoldDecision, HoldRuleInput } from "../../contract/hold-contract.js";
import { maxHeld } from "../../contract/limits.js";
import type { HeldPart, HoldMoment } from "../../contract/trace.js";
import { microseconds } from "../../trace/formats/trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { HttpExchange } from "./http-exchange.js";
import { exchangeMessage } from "./messages.js";

export interface HoldRule extends HoldRuleInput {
  matches(trace: TraceRecord): boolean;
}

/** With the place in the trace for what is edited. */
export interface Released extends HoldDecision {
  readonly record: HeldPart;
}

export interface Held extends Pick<HeldRequest, "plan" | "since"> {
  readonly exchange: HttpExchange;
  readonly trace: TraceRecord;
  /** The first decision counts; null: the exchange was aborted. */
  readonly decide: (decision: HoldDecision | null, ended?: HeldPart["ended"]) => void;
}

interface KeptRule extends HoldRule {
  readonly end: () => void;
  /** Requests that it holds now, or will hold again after their headers. A rule for the next request has at most one. */
  readonly holds: Set<HttpExchange>;
}

export class Holds {
  /** Called when a request is held or goes on. */
  onChange: () => void = () => {};
  readonly #rules = new Set<KeptRule>();
  readonly #held = new Set<Held>();

  get held(): readonly Held[] {
    return [...this.#held];
  }

  get rules(): readonly HoldRule[] {
    return [...this.#rules].filter((rule) => !isUsed(rule));
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
        for (const exchange of kept.holds) exchange.holdsAt = null;
        for (const { exchange, trace, plan, decide } of this.#held) {
          if (!kept.holds.has(exchange)) continue;
          const other = this.#ruleFor(trace, plan.moment);
          if (other) other.holds.add(exchange);
          else decide({}, "let-go");
        }
        resolve();
      };
      const kept: KeptRule = { ...rule, end, holds: new Set() };
      signal.addEventListener("abort", end);
      this.#rules.add(kept);
    });
  }

  clear(): void {
    for (const { end } of this.#rules) end();
  }

  /**
   * Sends the request as over the slow network of a rule that matches it: resolves after the latency, or when the
   * exchange is aborted. Null: there is no such rule.
   */
  slowDown(exchange: HttpExchange): Promise<void> | null {
    const rule = this.#ruleFor(exchange.trace, null);
    if (!rule?.pace || exchange.exchangeAbort.reason) return null;
    const { latencyMs, upPerSecond, downPerSecond } = rule.pace;
    if (rule.isOnce) rule.end();
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
    if ((exchange.holdsAt !== moment && !this.#ruleFor(trace, moment)) || exchange.exchangeAbort.reason) return false;
    if (this.#held.size < maxHeld) return true;
    exchange.setNote(exchangeMessage("not-held", { limit: maxHeld }), trace);
    return false;
  }

  /** Holds a request for which `asks` has just said so, until it is decided. Null: the exchange was aborted. */
  hold(exchange: HttpExchange, trace: TraceRecord, plan: HeldRequest["plan"]): Promise<Released | null> {
    if (exchange.holdsAt !== plan.moment) {
      const rule = this.#ruleFor(trace, plan.moment);
      this.release(exchange);
      rule?.holds.add(exchange);
    }
    return new Promise((resolve) => {
      const goOn = standStill(exchange, trace, plan.moment);
      const decide: Held["decide"] = (decision, ended = decision?.isByHand ? "answered" : "continued") => {
        if (!this.#held.delete(held)) return;
        stopListening();
        if (decision?.holdsHeaders) exchange.holdsAt = "headers";
        else this.release(exchange);
        const record = goOn(ended);
        this.onChange();
        resolve(decision && { ...decision, record });
      };
      const held: Held = { exchange, trace, plan, since: Date.now(), decide };
      this.#held.add(held);
      const stopListening = exchange.exchangeAbort.onAbort(() => decide(null, "aborted"));
      this.onChange();
    });
  }

  /** The request goes on, or is over: no rule holds it any more, and one for one request alone ends with it. */
  release(exchange: HttpExchange): void {
    for (const rule of this.#rules) {
      if (!rule.holds.delete(exchange)) continue;
      exchange.holdsAt = null;
      if (rule.isOnce) rule.end();
    }
  }

  /** `moment` null: it is to be slowed down. */
  #ruleFor(trace: TraceRecord, moment: HoldMoment | null): KeptRule | null {
    for (const rule of this.#rules)
      if (!isUsed(rule) && (rule.pace ? null : rule.moment) === moment && rule.matches(trace)) return rule;
    return null;
  }
}

/** It has its one request. */
const isUsed = ({ isOnce, holds }: KeptRule): boolean => isOnce && holds.size > 0;

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
