// The process that sends the load of a benchmark, in the desktop app: only the main process can start it there. The
// server asks for one, and gets a port of it.
import type { LoadProcess, StartLoad } from "../client/load-process.js";

/** The part of a port that is used: Electron's MessagePortMain has this shape. */
export interface LoadPort {
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export class LoadPorts {
  readonly #ask: () => void;
  readonly #waiting: ((port: LoadPort) => void)[] = [];

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  readonly start: StartLoad = async () => {
    const port = await new Promise<LoadPort>((resolve) => {
      this.#waiting.push(resolve);
      this.#ask();
    });
    return loadOver(port);
  };

  /** The port of a process that was asked for. */
  came(port: LoadPort): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(port);
    else port.close();
  }
}

function loadOver(port: LoadPort): LoadProcess {
  let listener: (message: unknown) => void = () => {};
  port.on("message", ({ data }) => listener(data));
  let over = (): void => {};
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  port.on("close", () => over());
  port.start();
  return {
    send: (message) => port.postMessage(message),
    listen: (onMessage) => {
      listener = onMessage;
    },
    ended,
    end: () => {
      port.close(); // its other end closes, and the process ends
      over(); // this end does not hear of it
    },
  };
}
