// The desktop app's server: a utility process under supervision. A page asks for a port and gets it at once when the
// server is up, else as soon as it is: first load, reload and a server that came back are one path.
import {
  MessageChannelMain,
  type MessagePortMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from "electron";
import { entry } from "../server/base/built-files.js";
import { type ServerChild, Supervisor, type SupervisorOptions } from "../server/boot/supervisor.js";
import { loadEnvironment } from "../server/client/load-process.js";
import { channel } from "./channels.js";

export class ServerProcess extends Supervisor<MessagePortMain> {
  readonly #waiting: Set<WebContents>;

  constructor(options: Pick<SupervisorOptions<MessagePortMain>, "workspace" | "onNotOpened">) {
    const waiting = new Set<WebContents>();
    super({
      ...options,
      fork: forkUtility,
      loadDriver: forkLoadDriver,
      ui: null,
      onReady: () => {
        const contents = [...waiting];
        waiting.clear();
        for (const each of contents) this.connect(each);
      },
    });
    this.#waiting = waiting;
  }

  /** Gives the page a port: now, or when the server is up. */
  connect(contents: WebContents): void {
    if (contents.isDestroyed()) return;
    const isGiven = this.givePort(() => {
      const { port1, port2 } = new MessageChannelMain();
      contents.postMessage(channel.port, null, [port2]);
      return port1;
    });
    if (!isGiven) this.#waiting.add(contents);
  }
}

/** A process that sends the load of a benchmark; it ends when its port closes. */
function forkLoadDriver(): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  const options = { serviceName: "CGI Workbench load", env: loadEnvironment() };
  const child = reportFatal(utilityProcess.fork(entry("load-driver"), [], options));
  child.postMessage(null, [port1]);
  return port2;
}

/** Only after the app is ready. */
function forkUtility(): ServerChild<MessagePortMain> {
  const child = reportFatal(utilityProcess.fork(entry("utility"), [], { serviceName: "CGI Workbench server" }));
  return {
    post: (message, ports) => child.postMessage(message, [...ports]),
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => child.once("exit", (code) => listener(`exit code ${code}`)),
    kill: () => child.kill(),
  };
}

/** V8 ended the process, out of memory for one; "exit" follows. Without a listener the app itself would fail. */
function reportFatal(child: UtilityProcess): UtilityProcess {
  return child.on("error", (type, location) => console.error(`A process of the app ended: ${type} in ${location}.`));
}
