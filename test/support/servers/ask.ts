// Asks a real server for the cases, one after the other: each is the script at the same path.
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import type { ServerId } from "../../../server/contract/server-ids.js";
import type { TempFolder } from "../temp-workspace.js";
import type { ServerCase } from "./corpus.js";
import { scriptName, startReal } from "./real-servers.js";

export function writeCase(folder: TempFolder, { stdout, exit, file }: ServerCase): void {
  writeFileSync(folder.file("out"), Buffer.from(stdout, "latin1"), { mode: 0o644 });
  const end = exit === "SIGSEGV" ? "kill -SEGV $$" : `exit ${exit}`;
  const shebang = { "no-shebang": "", "bad-interpreter": "#!/nonexistent/sh\n" }[file as string] ?? "#!/bin/sh\n";
  const written = folder.file("new");
  writeFileSync(written, `${shebang}cat '${folder.file("out")}'\n${end}\n`);
  chmodSync(written, file === "not-executable" ? 0o644 : 0o755);
  renameSync(written, folder.path + scriptName);
}

export function wireOf({ method, version, extra, headers, body }: ServerCase, port: number): string {
  const lines = [
    `${method} ${scriptName}${extra} HTTP/${version}`,
    `Host: 127.0.0.1:${port}`,
    "Connection: close",
    ...headers,
    ...(body === null ? [] : [`Content-Length: ${body.length}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

/** What each case got over the wire, one character a byte. */
export async function askAll(id: ServerId, folder: TempFolder, cases: readonly ServerCase[]): Promise<string[]> {
  mkdirSync(folder.file("cgi-bin"));
  chmodSync(folder.file("cgi-bin"), 0o755);
  folder.write("elsewhere", "elsewhere\n");
  await using server = await startReal(id, folder.path);
  const got: string[] = [];
  for (const one of cases) {
    writeCase(folder, one);
    got.push(await server.exchange(wireOf(one, server.port)));
  }
  return got;
}
