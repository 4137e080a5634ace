// Collects the exits of native children. SIGCHLD does not say which child ended, so each of them is checked, and only
// these (libuv has its own).
import { removeItem } from "../../base/remove-item.js";
import { type Exit, unknownExit } from "../start.js";
import { signalName } from "./errno.js";
import type { Libc } from "./libc.js";
import type { SignalPoller } from "./signal-poller.js";

/** An exit as the system reports it; `maxRssKb` may be the server's own peak. */
export type ReapedExit = Exit;

interface Waiting {
  readonly pid: number;
  readonly onExit: (exit: ReapedExit, at: number) => void;
  readonly keepsAlive: boolean;
}

const WNOHANG = 1;
const usageBytes = 256; // struct rusage: 144 on Linux and macOS

export class Reaper {
  readonly #libc: Libc;
  readonly #signalPoller: SignalPoller;
  readonly #waiting: Waiting[] = [];
  readonly #status = new Int32Array(1);
  readonly #usage = Buffer.allocUnsafeSlow(usageBytes);

  constructor(libc: Libc, signalPoller: SignalPoller) {
    this.#libc = libc;
    this.#signalPoller = signalPoller;
    signalPoller.on("SIGCHLD", () => this.#look());
  }

  /**
   * `keepsAlive`: Node runs at least until that exit. If the start itself ran in another turn, ask the poller to check.
   */
  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (waiting.keepsAlive) this.#signalPoller.ref();
  }

  #look(): void {
    for (const waiting of this.#waiting.slice()) {
      const { pid, onExit, keepsAlive } = waiting;
      const got = this.#libc.wait4(pid, this.#status, WNOHANG, this.#usage);
      if (got === 0) continue;
      removeItem(this.#waiting, waiting);
      if (keepsAlive) this.#signalPoller.unref();
      // -1: other code has collected it (ECHILD). It has exited all the same.
      onExit(got === pid ? this.#exit() : unknownExit, performance.now());
    }
  }

  #exit(): ReapedExit {
    const status = this.#status[0] ?? 0;
    const signal = status & 0x7f;
    return {
      exitCode: signal ? null : (status >> 8) & 0xff,
      signal: signal ? signalName(signal) : null,
      userMs: this.#milliseconds(0),
      systemMs: this.#milliseconds(16),
      maxRssKb: (Number(this.#usage.readBigInt64LE(32)) * this.#libc.platform.maxRssUnitBytes) / 1024,
    };
  }

  /** A struct timeval at `at`. */
  #milliseconds(at: number): number {
    const seconds = Number(this.#usage.readBigInt64LE(at));
    const microseconds =
      this.#libc.platform.microsecondBytes === 8
        ? Number(this.#usage.readBigInt64LE(at + 8))
        : this.#usage.readInt32LE(at + 8);
    return seconds * 1e3 + microseconds / 1e3;
  }
}
