// The page's workers on threads of Node, for happy-dom has none. An error that a worker does not catch fails the run.
import { Worker as Thread } from "node:worker_threads";

/** What a module finds in a worker. What was posted to it before it has run waits for it. */
const scope = `
const { parentPort, workerData } = require("node:worker_threads");
const events = new EventTarget();
globalThis.self = globalThis;
globalThis.addEventListener = events.addEventListener.bind(events);
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
import(workerData).then(() => parentPort.on("message", (data) => globalThis.onmessage({ data })));`;

export class PageWorker extends EventTarget {
  readonly #thread: Thread;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;

  constructor(module: string) {
    super();
    this.#thread = new Thread(scope, { eval: true, workerData: module });
    this.#thread.unref();
    this.#thread.on("message", (data: unknown) => this.onmessage?.({ data }));
  }
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void {
    this.#thread.postMessage(message, transfer);
  }
  terminate(): void {
    void this.#thread.terminate();
  }
}
