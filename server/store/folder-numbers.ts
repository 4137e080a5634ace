// The numbers of a folder's traces. Each is given once, by any process, and never again after its trace was deleted.
// Beside the store is a folder with one empty file: its name is the next number. A process claims numbers by renaming
// it to the number behind them: of several, only one finds it under its old name.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "../base/disk.js";

/** Claims that follow sooner than this double, up to so many numbers at once: a claim takes 0.05 ms. */
const soonMs = 1000;
const mostClaimed = 1024;
/** Each time another process was faster. */
const mostAttempts = 100;

export class FolderNumbers {
  readonly #folder: string;
  #next = 1;
  /** It has claimed the numbers from `#next` to before this one; none, if it is not above. */
  #end = 1;
  #size = 1;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `storePath`: of the folder's store. */
  constructor(storePath: string) {
    this.#folder = storePath.replace(/\.db$/, ".numbers");
  }

  /**
   * The next number. `isStored`: traces are stored. If not, and none ever was, or if none can be claimed now, numbers
   * are remembered in this process alone.
   */
  take(isStored: boolean): number {
    const now = performance.now();
    const isSoon = now - this.#lookedAt < soonMs;
    if (!isSoon || this.#next >= this.#end) {
      this.#lookedAt = now;
      this.#size = isSoon ? Math.min(2 * this.#size, mostClaimed) : 1;
      unlessRefused(() => this.#claim(isStored));
    }
    return this.#next++;
  }

  /** Gives back what was claimed and not taken: another process can have it, unless one has claimed more meanwhile. */
  release(): void {
    if (this.#next < this.#end) unlessRefused(() => this.#move(this.#end, this.#next));
    this.#end = this.#next;
  }

  /** @throws the system's error */
  #claim(isStored: boolean): void {
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const known = this.#known();
      if (known === 0 && (!isStored || attempt > 1)) return;
      if (this.#next < this.#end && known <= this.#end) return; // no other process has taken any since
      this.#next = Math.max(known, this.#next);
      const end = this.#next + this.#size;
      if (!this.#move(known, end)) continue;
      this.#end = end;
      return;
    }
  }

  /** The next number as all processes know it; 0: there is none yet. @throws the system's error */
  #known(): number {
    return existsSync(this.#folder) ? Math.max(0, ...readdirSync(this.#folder).map(numberOf)) : 0;
  }

  /** False: another process was faster, or the first file cannot be made. @throws the system's error */
  #move(from: number, to: number): boolean {
    try {
      if (from === 0) this.#begin(to);
      else renameSync(join(this.#folder, String(from)), join(this.#folder, String(to)));
      return true;
    } catch (error) {
      if (errorCode(error) === "ENOENT" || (from === 0 && errorCode(error) !== "")) return false;
      throw error;
    }
  }

  /** The folder appears with its file in it: a folder that has one is not replaced. @throws the system's error */
  #begin(number: number): void {
    mkdirSync(dirname(this.#folder), { recursive: true, mode: 0o700 });
    const made = mkdtempSync(`${this.#folder}-`);
    try {
      writeFileSync(join(made, String(number)), "", { mode: 0o600 });
      renameSync(made, this.#folder);
    } finally {
      rmSync(made, { recursive: true, force: true });
    }
  }
}

/** 0: the file is not one with a number. */
const numberOf = (name: string): number => (/^[1-9]\d{0,14}$/.test(name) ? Number(name) : 0);

/** Where nothing can be read or written the store reports it. */
function unlessRefused(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (errorCode(error) === "") throw error;
  }
}
