// Scripts behind websocketd and behind our WebSockets, side by side: what they get and see, what their client gets, and
// how it ends. The differences that docs/modes.md names are the only ones.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { portForProgram } from "../support/free-port.js";
import { startGateway } from "../support/gateway.js";
import { program, type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { settled, waitFor } from "../support/wait-for.js";
import { SocketClient } from "../support/web-socket.js";

const websocketd = program("websocketd");

class Websocketd implements AsyncDisposable {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  static async start(script: string, options: readonly string[]): Promise<Websocketd> {
    const port = await portForProgram();
    const args = [`--port=${port}`, "--address=127.0.0.1", "--loglevel=fatal", ...options, script];
    const started = new Websocketd(port, spawn(websocketd ?? "", args, { stdio: "ignore", cwd: dirname(script) }));
    const isThere = (): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1");
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
        socket.once("connect", () => socket.destroy());
      });
    await waitFor("websocketd listens", isThere);
    return started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const over = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await over;
  }
}

interface Conversation {
  readonly what: string;
  readonly script: string;
  /** What the client sends, one after the other. */
  readonly says?: readonly (string | Buffer)[];
  /** The script ends the connection; else the client does once nothing more comes. */
  readonly ends: boolean;
  readonly isBinary?: boolean;
  /** The script leaves this file. */
  readonly leaves?: string;
}
const python = (text: string): string => `#!/usr/bin/env python3\nimport sys, os\n${text}\n`;
const shell = (text: string): string => `#!/bin/sh\n${text}\n`;

const conversations: readonly Conversation[] = [
  {
    what: "an echo in Python",
    script: python("for line in sys.stdin: print('> ' + line.strip(), flush=True)"),
    says: ["one", "two words", ""],
    ends: false,
  },
  { what: "a count in shell that ends by itself", script: shell("for i in 1 2 3; do echo $i; done"), ends: true },
  { what: "lines with CR LF, and empty ones", script: shell("printf 'a\\r\\n\\n\\r\\nb\\r\\r\\n'"), ends: true },
  { what: "a last line without its end", script: shell("echo whole; printf half"), ends: true },
  { what: "a script that fails", script: shell("read word; echo got $word; exit 3"), says: ["x", "y"], ends: true },
  { what: "a script that is killed", script: shell("echo before; kill -9 $$"), ends: true },
  { what: "errors beside messages", script: shell("echo a; echo to the log >&2; echo b"), ends: true },
  { what: "a message with a line end in it", script: shell("read a; read b; echo $b $a"), says: ["1\n2"], ends: true },
  { what: "text that is not ASCII", script: shell('read a; echo "ü $a 😀"'), says: ["𝒳 é"], ends: true },
  { what: "a line of 300,000 bytes", script: python("print('x' * 300000)"), ends: true },
  {
    what: "a binary message to a script of lines",
    script: shell("read a; echo $a"),
    says: [Buffer.from("bin"), "text"],
    ends: true,
  },
  {
    what: "a script that tidies up when its client leaves",
    script: python("print('ready', flush=True)\nfor line in sys.stdin: pass\nopen('tidy', 'w').close()"),
    ends: false,
    leaves: "tidy",
  },
  {
    what: "bytes as they come",
    script: shell("exec head -c 6"),
    says: [Buffer.from([0, 1, 10, 255]), Buffer.from([13, 10])],
    ends: true,
    isBinary: true,
  },
  { what: "text to a script of bytes", script: shell("exec head -c 5"), says: ["a\nbc"], ends: true, isBinary: true },
];

interface Outcome {
  readonly received: readonly string[];
  readonly kinds: readonly string[];
  readonly isLeft: boolean;
}

async function talk(port: number, target: string, folder: TempFolder, conversation: Conversation): Promise<Outcome> {
  const { says = [], ends, isBinary, leaves } = conversation;
  const client = await SocketClient.open(port, target);
  for (const each of says) client.socket.send(each);
  if (!ends) {
    await settled(() => client.received.length);
    client.socket.close(1000);
  }
  await client.closed();
  if (leaves !== undefined) await waitFor(`the file ${leaves}`, () => existsSync(folder.file(leaves)));
  // What bytes come in one read of a pipe is chance.
  const received = isBinary ? [client.received.join("")] : client.received;
  return { received, kinds: [...new Set(client.kinds)], isLeft: leaves !== undefined };
}

describe.skipIf(!websocketd)("as websocketd (needs websocketd)", () => {
  test.each(conversations)("$what", async (conversation) => {
    using folder = tempFolder();
    folder.write("script", conversation.script);
    folder.makeExecutable("script");
    await using peer = await Websocketd.start(folder.file("script"), conversation.isBinary ? ["--binary"] : []);
    const mode = conversation.isBinary ? "websocket-binary" : "websocket";
    await using gateway = await startGateway({ config: { scripts: { script: { mode } } } });
    gateway.script("script", conversation.script);
    const theirs = await talk(peer.port, "/", folder, conversation);
    const ours = await talk(gateway.port, "/script", gateway.folder, conversation);
    expect(ours).toEqual(theirs);
    expect(theirs.received.length + theirs.kinds.length).toBeGreaterThan(0);
  });

  test("the same environment, but for what is named", async () => {
    using folder = tempFolder();
    folder.write("script", shell("env"));
    folder.makeExecutable("script");
    await using peer = await Websocketd.start(folder.file("script"), []);
    await using gateway = await startGateway({ config: { scripts: { script: { mode: "websocket" } } } });
    gateway.script("script", shell("env"));
    const headers = { "X-Foo": "1", Cookie: "a=b", Origin: "http://127.0.0.1", Authorization: "Basic abc" };
    const seen = async (port: number, target: string): Promise<ReadonlyMap<string, string>> => {
      const own = { ...headers, Origin: `http://127.0.0.1:${port}`, Proxy: "http://evil", "Content-Type": "x/y" };
      const client = await SocketClient.open(port, target, { headers: own });
      await client.closed();
      const numbers = new RegExp(`${port}|\\b\\d{5}\\b`, "g");
      return new Map(
        client.received.map((line) => [
          line.slice(0, line.indexOf("=")),
          line.slice(line.indexOf("=") + 1).replace(numbers, "PORT"),
        ]),
      );
    };
    const theirs = await seen(peer.port, "/info/a?x=1&y=2");
    const ours = await seen(gateway.port, "/script/info/a?x=1&y=2");
    const isGiven = (name: string): boolean => !/^(?:PWD|PATH|_|SHLVL|OLDPWD)$/.test(name);
    const missing = [...theirs.keys()].filter((name) => isGiven(name) && !ours.has(name)).sort();
    const differing = [...theirs.keys()].filter(
      (name) => isGiven(name) && ours.has(name) && ours.get(name) !== theirs.get(name),
    );
    expect(missing).toEqual([
      ...["AUTH_TYPE", "CONTENT_LENGTH", "HTTP_AUTHORIZATION", "HTTP_CONTENT_TYPE", "HTTP_PROXY"],
      ...["REMOTE_IDENT", "REMOTE_USER"],
    ]);
    expect(differing.sort()).toEqual([
      ...["CONTENT_TYPE", "GATEWAY_INTERFACE", "HTTP_SEC_WEBSOCKET_KEY", "PATH_TRANSLATED"],
      ...["REQUEST_URI", "SCRIPT_NAME", "SERVER_SOFTWARE", "UNIQUE_ID"],
    ]);
  });
});
