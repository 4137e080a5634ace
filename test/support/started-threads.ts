// The threads that a store starts: real ones, counted. A test can have the system refuse one, and can hold back what
// ends one, as a disk does that is slow to write the last traces.
import { Worker } from "node:worker_threads";
import { type EntryName, entry } from "../../server/base/built-files.js";

export interface StartedThread {
  readonly name: EntryName;
  /** It gets what was held back, and ends. */
  end(): void;
}

class HeldWorker extends Worker implements StartedThread {
  readonly name: EntryName;
  #isHeld: boolean;
  #isAsked = false;

  constructor(name: EntryName, workerData: unknown, isHeld: boolean) {
    super(entry(name), { workerData, execArgv: [] });
    this.name = name;
    this.#isHeld = isHeld;
  }

  override postMessage(...[value, transfer]: Parameters<Worker["postMessage"]>): void {
    if (value === "close" && this.#isHeld) this.#isAsked = true;
    else super.postMessage(value, transfer);
  }

  end(): void {
    this.#isHeld = false;
    if (this.#isAsked) super.postMessage("close");
  }
}

export class StartedThreads {
  readonly all: StartedThread[] = [];
  isRoom = true;
  readonly #held: EntryName | null;

  /** `held`: threads of this program end when the test says so. */
  constructor(held: EntryName | null = null) {
    this.#held = held;
  }

  readonly start = (name: EntryName, workerData: unknown): Worker => {
    if (!this.isRoom) throw new Error("no room");
    const worker = new HeldWorker(name, workerData, name === this.#held);
    this.all.push(worker);
    worker.unref();
    return worker;
  };

  named(name: EntryName): readonly StartedThread[] {
    return this.all.filter((one) => one.name === name);
  }
}
