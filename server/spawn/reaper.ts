// Exits of native children. SIGCHLD says that something ended, not what: ask for every one of ours, and only for ours (libuv has its own).
import { signalName } from "./errno.js";
import type { Libc } from "./libc.js";
import type { Exit } from "./start.js";

/** An exit as the system tells it; `maxRssKb` may be the server's own peak. */
export type ReapedExit = Exit;

interface Waiting {
  readonly onExit: (exit: ReapedExit, at: number) => void;
  readonly keepsAlive: boolean;
}

const WNOHANG = 1;
const usageBytes = 256; // struct rusage: 144 on Linux and macOS
/** Should a signal get lost (libuv's signal pipe is finite), an exit is seen this much later. */
const heartbeatMs = 1000;
const unknownExit: ReapedExit = { exitCode: null, signal: null, userMs: null, systemMs: null, maxRssKb: null };

export class Reaper {
  readonly #libc: Libc;
  readonly #waiting = new Map<number, Waiting>();
  readonly #status = new Int32Array(1);
  readonly #usage = Buffer.allocUnsafeSlow(usageBytes);
  // Signal handlers do not keep Node alive: without a timer a short program would end between the pipes' end and SIGCHLD.
  #heartbeat: NodeJS.Timeout | null = null;
  #keepingAlive = 0;
  #isDue = false;
  #isListening = false;

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** In the same turn as the start: the exit cannot come before. `keepsAlive`: Node is to run at least until that exit. */
  add(pid: number, waiting: Waiting): void {
    if (!this.#isListening) {
      this.#isListening = true;
      process.on("SIGCHLD", this.#sweepSoon);
    }
    this.#waiting.set(pid, waiting);
    if (!waiting.keepsAlive) return;
    this.#keepingAlive++;
    this.#heartbeat ??= setInterval(this.#sweepSoon, heartbeatMs);
  }

  /** When no child is left. */
  dispose(): void {
    process.off("SIGCHLD", this.#sweepSoon);
    this.#isListening = false;
    this.#rest();
  }

  // One sweep a turn of the loop, however many signals: handled each on its own, a busy server would hear nothing but signals.
  readonly #sweepSoon = (): void => {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#sweep();
    });
  };

  #sweep(): void {
    for (const [pid, { onExit, keepsAlive }] of this.#waiting) {
      const got = this.#libc.wait4(pid, this.#status, WNOHANG, this.#usage);
      if (got === 0) continue;
      this.#waiting.delete(pid);
      if (keepsAlive && --this.#keepingAlive === 0) this.#rest();
      // -1: somebody else collected it (ECHILD). It is gone all the same.
      onExit(got === pid ? this.#exit() : unknownExit, performance.now());
    }
  }

  #rest(): void {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#heartbeat = null;
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
    const microseconds = this.#libc.platform.microsecondBytes === 8 ? Number(this.#usage.readBigInt64LE(at + 8)) : this.#usage.readInt32LE(at + 8);
    return seconds * 1e3 + microseconds / 1e3;
  }
}
