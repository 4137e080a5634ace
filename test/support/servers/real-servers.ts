// The real servers that the profiles of server/servers are held against, each over the same folder of scripts.
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import type { ServerId } from "../../../server/contract/server-ids.js";
import { isListening, portForProgram } from "../free-port.js";
import { missingFor, type PeerName, startPeer } from "../peer-servers.js";
import { type ServerCommand, startServer } from "../server-process.js";
import { program, type TempFolder, tempFolder } from "../temp-workspace.js";

export interface RealServer extends AsyncDisposable {
  readonly port: number;
}

const peers: Readonly<Partial<Record<ServerId, PeerName>>> = {
  apache: "Apache",
  lighttpd: "lighttpd",
  "nginx-fcgiwrap": "nginx",
};
type Small = "go" | "python" | "busybox";
const programs: Readonly<Record<Small, string>> = { go: "go", python: "python3", busybox: "busybox" };
const isSmall = (id: ServerId): id is Small => id in programs;

/** The programs that are not there. */
export function missingOf(id: ServerId): string[] {
  const peer = peers[id];
  if (peer !== undefined) return missingFor(peer);
  return isSmall(id) && program(programs[id]) === null ? [programs[id]] : [];
}

/** `folder`: the document root; its scripts lie two folders below cgi-bin/. */
export async function startReal(id: ServerId, folder: string): Promise<RealServer> {
  const peer = peers[id];
  if (peer !== undefined) return startPeer(peer, folder);
  if (!isSmall(id)) throw new Error(`${id} is none of the servers that tests can start`);
  const port = await portForProgram();
  const own = tempFolder();
  for (const path of [own.path, folder]) chmodSync(path, 0o755);
  const words = { go, python, busybox }[id](own, folder, port);
  const env = { PATH: process.env["PATH"] ?? "" };
  const commands: ServerCommand[] = [{ words, env, stderr: { file: own.file("error.log") } }];
  const server = await startServer({ name: id, commands, isUp: () => isListening(port), own });
  return { port, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const python = (_own: TempFolder, folder: string, port: number): string[] => [
  "python3",
  "-m",
  "http.server",
  "--cgi",
  "--bind",
  "127.0.0.1",
  "-d",
  folder,
  `${port}`,
];
const busybox = (_own: TempFolder, folder: string, port: number): string[] => [
  "busybox",
  "httpd",
  "-f",
  "-p",
  `127.0.0.1:${port}`,
  "-h",
  folder,
];

/** A server of a few lines around net/http/cgi, as its documentation shows. */
function go(own: TempFolder, folder: string, port: number): string[] {
  writeFileSync(own.file("main.go"), goServer);
  const env = { ...process.env, GO111MODULE: "off", GOFLAGS: "" };
  execFileSync("go", ["build", "-o", own.file("server"), own.file("main.go")], { env, stdio: "pipe" });
  return [own.file("server"), `127.0.0.1:${port}`, folder];
}
const goServer = `package main

import (
	"net/http"
	"net/http/cgi"
	"os"
	"strings"
)

func main() {
	http.ListenAndServe(os.Args[1], http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := strings.SplitN(r.URL.Path, "/", 5)
		root := strings.Join(parts[:4], "/")
		h := cgi.Handler{Path: os.Args[2] + root, Root: root}
		h.ServeHTTP(w, r)
	}))
}
`;
