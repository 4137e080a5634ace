// Starting through the C library's posix_spawn: raw bytes in arguments and environment, real pipes, CPU times, and a start that stays
// cheap in a large server. Main thread only: workers receive no signals.
import { Socket } from "node:net";
import { byteString } from "../protocol/byte-string.js";
import { errnoName } from "./errno.js";
import { ChildDescriptors } from "./file-descriptors.js";
import type { Libc } from "./libc.js";
import { LivingChildren } from "./living-children.js";
import { NativeSpawn } from "./native-spawn.js";
import { PipeSink } from "./pipe-sink.js";
import { type ReapedExit, Reaper } from "./reaper.js";
import { refuseWhenDisposed } from "./refusal.js";
import { retryWhileBusy } from "./retry-while-busy.js";
import { type Child, type ChildEvents, type Exit, StartError, type Starter, type StartOptions } from "./start.js";
import { StartedChild } from "./started-child.js";
import { openTableFile, Watchdog, type WatchdogProcess, watchdogScript } from "./watchdog.js";

const MFD_CLOEXEC = 1;

export class NativeStarter implements Starter {
  readonly kind = "native";
  readonly #libc: Libc;
  readonly #spawn: NativeSpawn;
  readonly #reaper: Reaper;
  readonly #living: LivingChildren;
  #disposal: Promise<void> | null = null;

  /** Starts the watchdog, which is the trial too: throws where native starts do not work. */
  constructor(libc: Libc) {
    this.#libc = libc;
    this.#spawn = new NativeSpawn(libc);
    this.#reaper = new Reaper(libc);
    try {
      this.#living = new LivingChildren(new Watchdog(openTable(libc), (table, onExit) => this.#startWatchdog(table, onExit)));
    } catch (error) {
      this.#spawn.dispose();
      this.#reaper.dispose();
      throw error;
    }
  }

  async start(options: StartOptions, events: ChildEvents): Promise<Child> {
    return retryWhileBusy(() => this.#start(options, events));
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#living.dispose().then(() => {
      this.#reaper.dispose();
      this.#spawn.dispose();
    });
    return this.#disposal;
  }

  /** @throws StartError */
  #start(options: StartOptions, events: ChildEvents): Child {
    refuseWhenDisposed(this.#living.isDisposed);
    const pipes = new ChildDescriptors(this.#libc, options.stdin);
    let pid: number;
    try {
      const stdin = typeof options.stdin === "object" ? options.stdin.descriptor : (pipes.stdin?.theirs ?? null);
      pid = this.#spawn.spawn({ ...options, descriptors: [stdin, pipes.stdout.theirs, pipes.stderr.theirs] });
    } catch (error) {
      pipes.closeOurs();
      throw error;
    } finally {
      pipes.closeTheirs();
    }
    const streams = {
      stdin: pipes.stdin && new PipeSink(this.#libc, pipes.stdin.ours, () => events.stdinDrain()),
      stdout: new Socket({ fd: pipes.stdout.ours, readable: true, writable: false }),
      stderr: new Socket({ fd: pipes.stderr.ours, readable: true, writable: false }),
    };
    const child = new StartedChild(pid, streams, events, this.#living.step);
    // A child begins with the peak of the memory it shared with us until its exec: what is not above it says nothing about the child.
    const ownPeakKb = process.resourceUsage().maxRSS;
    this.#living.add(child);
    this.#reaper.add(pid, { keepsAlive: true, onExit: (exit, at) => child.exited(withoutOwnPeak(exit, ownPeakKb), at) });
    return child;
  }

  #startWatchdog(table: number, onExit: () => void): WatchdogProcess {
    const ends = new Int32Array(2);
    if (this.#libc.pipe(ends) !== 0) throw new StartError(errnoName(this.#libc.errno()), "No pipe for the watchdog.");
    const [reading = -1, writing = -1] = ends;
    let isHeld = true;
    const release = (): void => {
      if (isHeld) this.#libc.close(writing);
      isHeld = false;
    };
    try {
      const pid = this.#spawn.spawn({
        file: byteString("/bin/sh"),
        argv: ["sh", "-c", watchdogScript].map(byteString),
        env: [byteString("PATH=/usr/bin:/bin")],
        cwd: byteString("/"),
        descriptors: [reading, table, null],
      });
      this.#reaper.add(pid, { keepsAlive: false, onExit });
    } catch (error) {
      release();
      throw error;
    } finally {
      this.#libc.close(reading);
    }
    return { release };
  }
}

function openTable(libc: Libc): number {
  const table = libc.memfdCreate ? libc.memfdCreate("cgi-workbench sessions", MFD_CLOEXEC) : -1;
  return table >= 0 ? table : openTableFile();
}

function withoutOwnPeak(exit: ReapedExit, ownPeakKb: number): Exit {
  return exit.maxRssKb !== null && exit.maxRssKb > ownPeakKb ? exit : { ...exit, maxRssKb: null };
}
