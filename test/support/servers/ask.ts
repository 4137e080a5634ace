// Asks real servers for the cases: each case is a script of its own, two folders below cgi-bin/.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import type { ServerId } from "../../../server/contract/server-ids.js";
import type { TempFolder } from "../temp-workspace.js";
import type { ServerCase } from "./corpus.js";
import { startReal } from "./real-servers.js";

export const scriptOf = (index: number): string => `/cgi-bin/c${index}/s.cgi`;

export function writeCases(folder: TempFolder, cases: readonly ServerCase[]): void {
  mkdirSync(folder.file("cgi-bin"));
  chmodSync(folder.file("cgi-bin"), 0o755);
  folder.write("elsewhere", "elsewhere\n");
  for (const [index, { stdout, exit, file }] of cases.entries()) {
    const where = folder.file(`cgi-bin/c${index}`);
    mkdirSync(where);
    chmodSync(where, 0o755);
    writeFileSync(`${where}/out`, Buffer.from(stdout, "latin1"));
    const end = exit === "SIGSEGV" ? "kill -SEGV $$" : `exit ${exit}`;
    const shebang = { "no-shebang": "", "bad-interpreter": "#!/nonexistent/sh\n" }[file as string] ?? "#!/bin/sh\n";
    writeFileSync(`${where}/s.cgi`, `${shebang}cat '${where}/out'\n${end}\n`);
    chmodSync(`${where}/s.cgi`, file === "not-executable" ? 0o644 : 0o755);
    chmodSync(`${where}/out`, 0o644);
  }
}

export function wireOf({ method, version, extra, headers, body }: ServerCase, script: string, port: number): string {
  const lines = [
    `${method} ${script}${extra} HTTP/${version}`,
    `Host: 127.0.0.1:${port}`,
    "Connection: close",
    ...headers,
    ...(body === null ? [] : [`Content-Length: ${body.length}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

/** A server that leaves the connection open is cut off. */
const patienceMs = 8000;
const atOnce = 3;

/** What each case got over the wire, one character a byte. */
export async function askAll(id: ServerId, folder: TempFolder, cases: readonly ServerCase[]): Promise<string[]> {
  await using server = await startReal(id, folder.path);
  const got: string[] = [];
  let next = 0;
  const askSome = async (): Promise<void> => {
    for (let n = next++; n < cases.length; n = next++) {
      const one = cases[n];
      if (one) got[n] = await exchange(server.port, wireOf(one, scriptOf(n), server.port));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askSome));
  return got;
}

function exchange(port: number, wire: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: patienceMs });
    let received = "";
    const end = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
    });
    socket.once("error", end).once("close", end).once("timeout", end);
    socket.write(Buffer.from(wire, "latin1"));
  });
}
