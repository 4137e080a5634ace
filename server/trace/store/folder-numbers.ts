// The numbers of a folder's traces. Each is given once, by any process, and never again after its trace was deleted.
// Beside the store is a folder with one empty file: its name is the next number. A process claims numbers by making the
// file of the number behind them, which only one process can; whoever was overtaken meanwhile claims others.
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../../base/disk.js";

/** Claims that follow sooner than this double, up to so many numbers at once: a claim takes 0.1 ms. */
const soonMs = 1000;
const mostClaimed = 1024;

export class FolderNumbers {
  readonly #folder: string;
  /** Its own numbers are those from `#next` to before `#end`. */
  #next = 1;
  #end = 1;
  /** Other processes know that. */
  #isClaimed = false;
  #size = 1;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `storePath`: of the folder's store. */
  constructor(storePath: string) {
    this.#folder = storePath.replace(/\.db$/, ".numbers");
  }

  /**
   * The next number. `isStored`: traces are stored. If not, and none ever was, numbers are remembered in this process
   * alone.
   */
  take(isStored: boolean): number {
    const now = performance.now();
    const isSoon = now - this.#lookedAt < soonMs;
    if (!isSoon || this.#next === this.#end || (isStored && !this.#isClaimed)) {
      this.#lookedAt = now;
      this.#claim(isStored, isSoon);
    }
    return this.#next++;
  }

  /** Gives back what was claimed and not taken: another process can have it. */
  release(): void {
    const end = this.#end;
    this.#end = this.#next;
    if (this.#next === end || newestOf(this.#files()) !== end) return;
    if (this.#make(this.#next)) rmSync(join(this.#folder, String(end)), { force: true });
  }

  #claim(isStored: boolean, isSoon: boolean): void {
    const known = newestOf(this.#files());
    const isOwn = this.#next < this.#end && known <= this.#end; // no other process has taken any since
    if (isOwn && (this.#isClaimed || !isStored)) return;
    this.#size = isSoon ? Math.min(2 * this.#size, mostClaimed) : 1;
    this.#isClaimed = known > 0 || isStored;
    for (let next = known; ; next = newestOf(this.#files())) {
      this.#next = Math.max(next, this.#next);
      this.#end = this.#next + this.#size;
      if (!this.#isClaimed || this.#isFirst()) return;
    }
  }

  /** False: another process has claimed the same numbers, or further ones. */
  #isFirst(): boolean {
    if (!this.#make(this.#end)) return false;
    const files = this.#files();
    if (newestOf(files) > this.#end) return false;
    for (const file of files) if (file < this.#end) rmSync(join(this.#folder, String(file)), { force: true });
    return true;
  }

  #files(): number[] {
    try {
      return readdirSync(this.#folder).map(Number).filter(Number.isInteger);
    } catch (error) {
      if (errorCode(error) === "") throw error;
      return [];
    }
  }

  /** False: the file is there. Where none can be made no trace can be stored either, which the store reports. */
  #make(number: number): boolean {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      closeSync(openSync(join(this.#folder, String(number)), "wx", 0o600));
    } catch (error) {
      if (errorCode(error) === "") throw error;
      return errorCode(error) !== "EEXIST";
    }
    return true;
  }
}

/** 0: there is none. */
const newestOf = (files: readonly number[]): number => Math.max(0, ...files);
