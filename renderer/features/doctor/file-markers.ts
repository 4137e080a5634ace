// The markers of one open file: those known before a run, asked again after a pause in typing and after each save, and
// those of its newest request, which stand until the text is another.
import type { Marker } from "../../../server/contract/fix-contract.js";
import type { Sentence } from "../../../server/contract/message.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { isConnectionLost } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { unsavedOf } from "./apply-fix.js";

/** After the last key, ms. */
const pauseMs = 500;
/** Under load the newest request changes all the time. It is checked once in this many ms. */
const traceEveryMs = 300;

export class FileMarkers {
  readonly #path: string;
  readonly #onChange: () => void;
  #before: readonly Marker[] = [];
  #unchecked: Sentence | null = null;
  #after: readonly Marker[] = [];
  #onDisk = "";
  #hash: string | null = null;
  #seen = "";
  #checking: AbortController | null = null;
  #tracing: AbortController | null = null;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #isDisposed = false;
  #look: ReturnType<typeof setTimeout> | null = null;

  constructor(path: string, onChange: () => void) {
    this.#path = path;
    this.#onChange = onChange;
  }

  /** The request's findings stand before what was known without it. */
  all(): readonly Marker[] {
    const reported = new Set(this.#after.map(({ rule }) => rule));
    return [...this.#after, ...this.#before.filter(({ rule }) => !reported.has(rule))];
  }

  /** Why a part could not be checked without running it. */
  get unchecked(): Sentence | null {
    return this.#unchecked;
  }

  /** The file is (now) this one. */
  onDisk(hash: string | null, executable: boolean): void {
    const now = `${hash} ${executable}`;
    this.traced(); // also for the same file: its text may be the one that ran again
    if (now === this.#onDisk) return;
    this.#onDisk = now;
    this.#hash = hash;
    this.#seen = "";
    this.#after = [];
    this.#check();
  }

  /** The text is another than the one that ran. */
  edited(): void {
    this.#seen = "";
    this.#tracing?.abort();
    if (this.#after.length > 0) {
      this.#after = [];
      this.#onChange();
    }
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#check(), pauseMs);
  }

  /** Something may have run it. */
  traced(): void {
    if (this.#isDisposed) return;
    this.#look ??= setTimeout(() => {
      this.#look = null;
      this.#readFindings();
    }, traceEveryMs);
  }

  /** What is wrong with a file depends on the configuration, too. */
  configured(): void {
    this.#check();
  }

  /** What was asked for over the lost connection may not have come. */
  reconnected(): void {
    this.#seen = "";
    this.#check();
    this.traced();
  }

  dispose(): void {
    this.#checking?.abort();
    this.#tracing?.abort();
    for (const timer of [this.#pause, this.#look]) if (timer !== null) clearTimeout(timer);
    this.#isDisposed = true;
  }

  #check(): void {
    const { client } = useServer.getState();
    if (!client) return;
    this.#checking?.abort();
    const stop = new AbortController();
    this.#checking = stop;
    const told = (markers: readonly Marker[], unchecked: Sentence | null): void => {
      if (stop.signal.aborted) return;
      this.#before = markers;
      this.#unchecked = unchecked;
      this.#onChange();
    };
    client.doctor.check({ path: this.#path, unsaved: unsavedOf(this.#path) }, { signal: stop.signal }).then(
      ({ markers, unchecked }) => told(markers, unchecked),
      (error: unknown) => isConnectionLost(error) || told([], null), // the file was removed or cannot be read: its tab shows that
    );
  }

  #readFindings(): void {
    const row = useTraceStore
      .getState()
      .rows.findLast((one) => one.file === this.#path && one.kind === "script" && one.outcome !== null);
    const { client } = useServer.getState();
    if (!row || !client || unsavedOf(this.#path) !== null) return;
    const seen = keyOf(row);
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#tracing?.abort();
    const stop = new AbortController();
    this.#tracing = stop;
    const told = (markers: readonly Marker[]): void => {
      if (stop.signal.aborted) return;
      this.#after = markers;
      this.#onChange();
    };
    if (row.severity === null) {
      told([]);
      return;
    }
    client.doctor.fixes({ traceId: row.id }, { signal: stop.signal }).then(
      ({ scriptHash, markers }) => told(scriptHash === this.#hash ? markers : []),
      (error: unknown) => isConnectionLost(error) || told([]), // the trace is gone
    );
  }
}

const keyOf = ({ id, rev }: TraceRow): string => `${id} ${rev}`;
