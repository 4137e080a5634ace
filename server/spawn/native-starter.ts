// Starts processes with the C library's posix_spawn: raw bytes in arguments and environment, real pipes, CPU times, and
// a constant cost in a large server. Main thread only: workers receive no signals.
import { Socket } from "node:net";
import { removeItem } from "../base/remove-item.js";
import { byteString } from "../protocol/byte-string.js";
import { startMessage } from "./messages.js";
import { errnoName } from "./native/errno.js";
import { ChildDescriptors } from "./native/file-descriptors.js";
import type { Libc } from "./native/libc.js";
import { NativeSpawn, type SpawnRequest } from "./native/native-spawn.js";
import { type ReapedExit, Reaper } from "./native/reaper.js";
import { SignalPoller } from "./native/signal-poller.js";
import { PipeSink } from "./pipes/pipe-sink.js";
import { SignalledPipes } from "./pipes/pipe-source.js";
import { fromSocket } from "./pipes/socket-source.js";
import { refuseWhenDisposed } from "./refusal.js";
import { retryWhileBusy } from "./retry-while-busy.js";
import { ChildRegistry } from "./sessions/child-registry.js";
import { type OpenSource, StartedChild } from "./sessions/started-child.js";
import { openTableFile, Watchdog, type WatchdogProcess, watchdogScript } from "./sessions/watchdog.js";
import { type Child, type ChildEvents, type Exit, StartError, type Starter, type StartOptions } from "./start.js";

const MFD_CLOEXEC = 1;
/** koffi refuses the 257th concurrent call. */
const maxOnThreads = 128;

export class NativeStarter implements Starter {
  readonly kind = "native";
  readonly #libc: Libc;
  readonly #spawn: NativeSpawn;
  readonly #signalPoller = new SignalPoller();
  readonly #reaper: Reaper;
  /** Null: sockets read the pipes. */
  readonly #pipes: SignalledPipes | null;
  readonly #living: ChildRegistry;
  readonly #onThreads: Promise<unknown>[] = [];
  #running = 0;
  #ownPeakKb = 0;
  #disposal: Promise<void> | null = null;

  /** Starts the watchdog, which also tests the native start. @throws if native starts do not work */
  constructor(libc: Libc) {
    this.#libc = libc;
    this.#spawn = new NativeSpawn(libc);
    // The order of the checks: a child's output before its exit.
    this.#pipes = libc.platform.signalling === null ? null : new SignalledPipes(libc, this.#signalPoller);
    this.#reaper = new Reaper(libc, this.#signalPoller);
    try {
      this.#living = new ChildRegistry(
        new Watchdog(openTable(libc), (table, onExit) => this.#startWatchdog(table, onExit)),
      );
    } catch (error) {
      this.#spawn.dispose();
      this.#signalPoller.dispose();
      throw error;
    }
  }

  async start(options: StartOptions, events: ChildEvents): Promise<Child> {
    return retryWhileBusy(() => this.#start(options, events));
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#end();
    return this.#disposal;
  }

  async #start(options: StartOptions, events: ChildEvents): Promise<Child> {
    refuseWhenDisposed(this.#disposal !== null);
    const pipes = new ChildDescriptors(this.#libc, options.stdin);
    let pid: number;
    try {
      const stdin = typeof options.stdin === "object" ? options.stdin.descriptor : (pipes.stdin?.theirs ?? null);
      pid = await this.#startProcess({ ...options, descriptors: [stdin, pipes.stdout.theirs, pipes.stderr.theirs] });
    } catch (error) {
      pipes.closeOurs();
      throw error;
    } finally {
      pipes.closeTheirs();
    }
    const streams = {
      stdin: pipes.stdin && new PipeSink(this.#libc, pipes.stdin.ours, () => events.stdinDrain()),
      stdout: this.#reader(pipes.stdout.ours),
      stderr: this.#reader(pipes.stderr.ours),
    };
    const child = new StartedChild(pid, streams, events, this.#living.step, this.#libc.isInUse);
    this.#living.add(child);
    this.#running++;
    const onExit = (exit: ReapedExit, at: number): void => {
      this.#running--;
      child.exited(this.#withoutOwnPeak(exit), at);
    };
    this.#reaper.add({ pid, keepsAlive: true, onExit });
    this.#signalPoller.soon(); // it may have exited already
    return child;
  }

  /**
   * A child's peak memory begins with the memory it shared with the server until its exec: a value
   * below that says nothing about the child. The server's own peak only grows, so it is asked for only
   * when the last one known does not decide.
   */
  #withoutOwnPeak(exit: ReapedExit): Exit {
    if (exit.maxRssKb === null) return exit;
    if (exit.maxRssKb > this.#ownPeakKb) this.#ownPeakKb = process.resourceUsage().maxRSS;
    return exit.maxRssKb > this.#ownPeakKb ? exit : { ...exit, maxRssKb: null };
  }

  /** On a thread if other work waits for the event loop; otherwise the direct call costs less. */
  #startProcess(request: SpawnRequest): number | Promise<number> {
    if (this.#running === 0 || this.#onThreads.length >= maxOnThreads) return this.#spawn.spawn(request);
    const starting = this.#spawn.spawnOnThread(request);
    this.#onThreads.push(starting);
    const done = () => void removeItem(this.#onThreads, starting);
    starting.then(done, done);
    return starting;
  }

  #reader(descriptor: number): OpenSource {
    const pipes = this.#pipes;
    if (pipes) return (onData, onEnd) => pipes.read(descriptor, onData, onEnd);
    return fromSocket(new Socket({ fd: descriptor, readable: true, writable: false }));
  }

  async #end(): Promise<void> {
    // a start in progress becomes a child first, and is then ended like any other
    await Promise.allSettled(this.#onThreads);
    await this.#living.dispose();
    this.#signalPoller.dispose();
    this.#spawn.dispose();
  }

  #startWatchdog(table: number, onExit: () => void): WatchdogProcess {
    const ends = new Int32Array(2);
    if (this.#libc.pipe(ends) !== 0)
      throw new StartError(errnoName(this.#libc.errno()), startMessage("no-watchdog-pipe"));
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
      this.#reaper.add({ pid, keepsAlive: false, onExit });
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
