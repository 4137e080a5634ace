// Shows in the windows of this server what other processes do with the stored traces of the open folder: a second
// window, or the command line. It looks a few times a second while a window waits for rows, and not at all else.
import { ProblemError } from "../base/problem.js";
import { runPart } from "../protocol/trace-id.js";
import type { ReadingThread } from "../store/reading-thread.js";
import type { StoreNews } from "../store/store-answers.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { StoredFolder } from "./stored-folder.js";

const everyMs = 400;
/** The store cannot be read. */
const afterFailureMs = 5000;
/** A window asks again after each batch of rows; whoever does not within this time has left. */
const leftAfterMs = 3000;

export class OtherWriters {
  readonly #stores: StoredFolder;
  readonly #traces: TraceLog;
  /** The reader of the watched folder's store. */
  #reader: ReadingThread | null = null;
  /** The place of the newest trace that was seen; null: nothing was looked at yet. */
  #seen: number | null = null;
  /** The last number of this server's own traces, when the store was last read. */
  #lastSeq = 0;
  #waiting = 0;
  #askedAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;

  constructor(stores: StoredFolder, traces: TraceLog) {
    this.#stores = stores;
    this.#traces = traces;
    stores.onWritten = () => this.#lookIn(0);
  }

  /** `rows`: what a window waits for. While it does, the store is watched. */
  async watchFor<T>(rows: Promise<T>): Promise<T> {
    this.#waiting++;
    if (!this.#timer && !this.#isLooking) this.#lookIn(0);
    try {
      return await rows;
    } finally {
      this.#waiting--;
      this.#askedAt = performance.now();
    }
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  get #isWatched(): boolean {
    return this.#waiting > 0 || performance.now() - this.#askedAt < leftAfterMs;
  }

  #lookIn(ms: number): void {
    if (this.#isLooking) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    this.#timer = null;
    if (!this.#isWatched) return;
    this.#isLooking = true;
    let nextMs = everyMs;
    try {
      if (await this.#lookOnce()) nextMs = 0;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      nextMs = afterFailureMs; // the window's own search says why
    } finally {
      this.#isLooking = false;
    }
    this.#lookIn(nextMs);
  }

  /** True: there is more to see at once. */
  async #lookOnce(): Promise<boolean> {
    const { reader } = this.#stores;
    const { generation } = this.#traces;
    this.#turnTo(reader);
    const news = await reader.ask("look", {
      run: runPart(generation),
      after: this.#seen,
      since: this.#traces.oldestId,
      isMaking: this.#traces.lastSeq === this.#lastSeq, // else its own requests need the processor more
    });
    if (reader !== this.#stores.reader) return false;
    if (news) this.#take(news);
    this.#lastSeq = this.#traces.lastSeq;
    return news?.isMore === true;
  }

  #turnTo(reader: ReadingThread): void {
    if (reader === this.#reader) return;
    this.#reader = reader;
    this.#seen = null;
    this.#traces.rows.withdrawForeign();
  }

  #take({ isAnother, rows, last, marks, pins, isMarked }: StoreNews): void {
    this.#seen = last;
    const { rows: listed } = this.#traces;
    if (isAnother) listed.withdrawForeign();
    for (const row of rows) listed.add(row);
    for (const { id, written, deletedAt, isGone } of marks) if (!isGone) this.#traces.takeMarks(id, written, deletedAt);
    const gone = marks.filter(({ isGone }) => isGone);
    for (const at of new Set(gone.map(({ deletedAt }) => deletedAt))) if (at !== null) this.#traces.purge(at);
    for (const { id } of gone) this.#traces.withdraw(id);
    const unknown = pins.filter(({ id, pinned }) => this.#isPinned(id) !== pinned);
    for (const { id, pinned } of unknown) this.#traces.pin(id, pinned, { isStored: true });
    const isSearched = isAnother || isMarked || unknown.length > 0;
    if (isSearched) this.#stores.forgetOpened();
    if (last > 0 || isSearched) listed.touch(isSearched);
  }

  /** What the list shows, or the trace said when it was opened; null: this process does not know the trace. */
  #isPinned(id: string): boolean | null {
    return (this.#traces.other(id) ?? this.#traces.get(id))?.pinned ?? null;
  }
}
