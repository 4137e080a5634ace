// The time limits of one exchange: silence (nothing was sent or received for too
// long, and whose fault that is) and the total.
import type { Message } from "../../contract/message.js";
import type { ExchangeAbort } from "../base/exchange-abort.js";
import type { GatewayLimits } from "../base/gateway-settings.js";
import { exchangeMessage, type ResponderKind } from "./messages.js";

/** What the exchange waits for. "nobody": a permit or a disk, without a time limit. */
export type WaitsFor = "upload" | ResponderKind | "client" | "nobody";

/** Longer ones node's timers take for 1 ms: 24.8 days. */
const maxTimerMs = 2 ** 31 - 1;

/** A timer that fires later than this: the process was stopped, or the machine slept (macOS counts that time). */
const sleptMs = 5000;

export class ExchangeTimeouts {
  readonly #limits: GatewayLimits;
  readonly #exchangeAbort: ExchangeAbort;
  readonly #waitsFor: () => WaitsFor;
  #timer: NodeJS.Timeout | null = null;
  #total: NodeJS.Timeout | null = null;
  /** So much of the total was left when its timer was last set, ms; null: it has no limit. */
  #totalLeftMs: number | null;
  /** The timer of the total runs since then. */
  #totalSince = performance.now();
  /** The total stands still for so many reasons. */
  #suspensions = 0;
  #lastPoll: NodeJS.Immediate | null = null;
  #last = performance.now();
  #responseSent = false;

  /** `waitsFor` is called when silence lasted too long. */
  constructor(limits: GatewayLimits, exchangeAbort: ExchangeAbort, waitsFor: () => WaitsFor) {
    this.#limits = limits;
    this.#exchangeAbort = exchangeAbort;
    this.#waitsFor = waitsFor;
    this.#arm(limits.silenceMs);
    this.#totalLeftMs = limits.totalMs;
    this.#armTotal();
  }

  /** The total stands still while a person holds or debugs the request; silence does by `waitsFor`. */
  suspend(): void {
    if (this.#suspensions++ > 0 || !this.#total) return;
    clearTimeout(this.#total);
    this.#total = null;
    this.#totalLeftMs = Math.max(0, (this.#totalLeftMs ?? 0) - (performance.now() - this.#totalSince));
  }

  resume(): void {
    if (--this.#suspensions > 0) return;
    this.#last = this.#totalSince = performance.now();
    this.#armTotal();
  }

  /** Bytes were sent or received, at performance.now(). */
  activity(at: number): void {
    if (!this.#responseSent) this.#last = at;
  }

  /** The client has the whole response: from now on the script has one silence limit to end, whatever it does. */
  responseSent(): void {
    this.#last = performance.now();
    this.#responseSent = true;
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#total) clearTimeout(this.#total);
    if (this.#lastPoll) clearImmediate(this.#lastPoll);
    this.#timer = this.#total = this.#lastPoll = null;
  }

  #armTotal(): void {
    const limitMs = this.#limits.totalMs;
    if (limitMs === null || this.#totalLeftMs === null) return;
    this.#total = setTimeout(
      () => this.#abort(504, exchangeMessage("total-timeout", { limitMs })),
      Math.min(this.#totalLeftMs, maxTimerMs),
    );
  }

  /** One timer for the whole exchange, set again only when it fires: `activity` must cost nothing. */
  #arm(afterMs: number | null): void {
    if (afterMs === null) return;
    const dueAt = this.#last + (this.#limits.silenceMs ?? 0);
    this.#timer = setTimeout(() => this.#check(dueAt), Math.min(afterMs, maxTimerMs));
  }

  /**
   * Checks again after the event loop has polled every socket and pipe: when this process was
   * held up, the bytes may have arrived already.
   */
  #check(dueAt: number): void {
    const now = performance.now();
    if (now - dueAt > sleptMs) this.#last = now; // what went on meanwhile was not seen
    if (!this.#armAgain()) this.#lastPoll = setImmediate(() => this.#armAgain() || this.#tooLong());
  }

  /** False when the limit has passed. */
  #armAgain(): boolean {
    const limitMs = this.#limits.silenceMs;
    if (limitMs === null) return true;
    if (this.#waitsFor() === "nobody") this.#last = performance.now();
    const leftMs = limitMs - (performance.now() - this.#last);
    if (leftMs > 0) this.#arm(Math.ceil(leftMs));
    return leftMs > 0;
  }

  #tooLong(): void {
    const waitsFor = this.#waitsFor();
    const limitMs = this.#limits.silenceMs ?? 0;
    const responder = waitsFor === "application" ? waitsFor : "script";
    if (this.#responseSent) this.#abort(504, exchangeMessage("running-after-response", { responder, limitMs }));
    else if (waitsFor === "upload") this.#abort(408, exchangeMessage("silent-upload", { limitMs }));
    else if (waitsFor === "client") this.#abort(504, exchangeMessage("client-not-reading", { limitMs }));
    else this.#abort(504, exchangeMessage("silent-responder", { responder, limitMs }));
  }

  #abort(status: number, cause: Message): void {
    this.#exchangeAbort.abort({ outcome: "timeout", cause, status });
  }
}
