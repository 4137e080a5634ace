// The live sessions, for the watchdog and for shutdown: a session stays listed until its leader has exited, its pipes
// have ended and no member is left, so that a script's background processes end with the server too.
import { setTimeout as delay } from "node:timers/promises";
import { removeItem } from "../../base/remove-item.js";
import { graceMs, lostMs } from "../start.js";
import { processTable } from "./process-table.js";
import type { StartedChild } from "./started-child.js";
import type { Watchdog } from "./watchdog.js";

const lingerCheckMs = 1000;
const disposeCheckMs = 10;
/** Time for the last output of ended processes; then the pipes are closed, even if another process holds them. */
const lastOutputMs = 200;

export class ChildRegistry {
  readonly #watchdog: Watchdog | null;
  readonly #children: StartedChild[] = [];
  /** Quiet; the session may have live processes. */
  readonly #lingering = new Set<StartedChild>();
  #lingerTimer: NodeJS.Timeout | null = null;
  #disposal: Promise<void> | null = null;

  constructor(watchdog: Watchdog | null) {
    this.#watchdog = watchdog;
  }

  get isDisposed(): boolean {
    return this.#disposal !== null;
  }

  add(child: StartedChild): void {
    const before = this.#children.find(({ pid }) => pid === child.pid);
    if (before) this.#remove(before); // the number is free again, so the session has no members any more
    this.#children.push(child);
    this.#watchdog?.add(child.pid);
  }

  /** Call after the child's exit and after each of its ends. */
  readonly step = (child: StartedChild): void => {
    if (!child.isQuiet) return;
    child.stdin?.close(); // no process is left to respond
    if (child.isOver) this.#remove(child);
    else {
      this.#lingering.add(child);
      this.#lingerTimer ??= setInterval(() => this.#checkLingering(), lingerCheckMs).unref();
    }
  };

  /** Ends everything; resolves when no process is left, or none of the rest can be ended. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#endAll();
    return this.#disposal;
  }

  async #endAll(): Promise<void> {
    this.#checkLingering(); // before numbers are signalled
    for (const child of this.#children) child.end(graceMs);
    const begun = performance.now();
    for (let passed = 0; this.#children.length > 0 && passed < graceMs + lostMs; passed = performance.now() - begun) {
      await delay(disposeCheckMs);
      if (passed > lastOutputMs) this.#releaseDead();
      this.#checkLingering();
    }
    for (const child of this.#children.slice()) {
      child.release();
      this.#remove(child);
    }
    await this.#watchdog?.dispose();
  }

  /** A process outside the session holds pipes of a session without members. */
  #releaseDead(): void {
    const table = processTable();
    for (const child of this.#children) if (!child.hasMembers(table)) child.release();
  }

  #checkLingering(): void {
    if (this.#lingering.size === 0) return;
    const table = processTable();
    for (const child of this.#lingering) if (child.isOver || !child.hasMembers(table)) this.#remove(child);
  }

  #remove(child: StartedChild): void {
    if (!removeItem(this.#children, child)) return;
    this.#lingering.delete(child);
    this.#watchdog?.remove(child.pid);
    child.forget();
    if (this.#lingering.size === 0 && this.#lingerTimer) {
      clearInterval(this.#lingerTimer);
      this.#lingerTimer = null;
    }
  }
}
