// Real FastCGI programs for tests, each on a UNIX socket of its own: C on libfcgi, Perl's
// FCGI, php-cgi, and fcgiwrap round a script.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { repositoryRoot } from "./repository.js";
import { findProgram } from "./run/find-program.mjs";
import { startServer } from "./server-process.js";
import { type TempFolder, tempFolder } from "./temp-workspace.js";

const fixtures = join(repositoryRoot, "test/fixtures/fastcgi");

/** Whether test/fixtures/fastcgi/app.c can be compiled here. */
export const canCompileApplication = findProgram("cc") !== null && existsSync("/usr/include/fcgi_stdio.h");

/** That application on libfcgi, whose query says how it behaves. */
export function compileApplication(output: string): void {
  execFileSync("cc", ["-O1", "-D_GNU_SOURCE", "-o", output, join(fixtures, "app.c"), "-lfcgi"]);
}

export interface Program {
  readonly name: string;
  /** What is not on this machine; null: nothing. */
  readonly missing: string | null;
  /** The command, listening at the socket. */
  readonly command: (socket: string, folder: TempFolder) => readonly string[];
  /** Requests at once. */
  readonly workers: number;
  /** What its route's variables must say. */
  readonly variables: Readonly<Record<string, string>>;
  /** How long a header it takes. */
  readonly maxHeaderBytes: number;
}

/** fcgiwrap with so many workers, their stderr into the conversation. */
export const fcgiwrap = (workers: number): Pick<Program, "name" | "command"> => ({
  name: "fcgiwrap",
  command: (socket) => [
    "env",
    "-i",
    `PATH=${process.env["PATH"] ?? ""}`,
    "fcgiwrap",
    "-f",
    "-c",
    String(workers),
    "-s",
    `unix:${socket}`,
  ],
});

const missingOf = (...needs: readonly (readonly [program: string, pack: string])[]): string | null =>
  needs
    .filter(([program]) => findProgram(program) === null && !existsSync(program))
    .map(([, pack]) => pack)
    .join(", ") || null;

export const programs: readonly Program[] = [
  {
    name: "a C program on libfcgi",
    missing: missingOf(["cc", "gcc"], ["/usr/include/fcgiapp.h", "libfcgi-dev"]),
    command: (socket, folder) => {
      execFileSync("cc", ["-O1", "-o", folder.file("responder"), join(fixtures, "responder.c"), "-lfcgi"]);
      return [folder.file("responder"), socket];
    },
    workers: 1,
    variables: {},
    maxHeaderBytes: 50_000,
  },
  {
    name: "Perl's FCGI",
    missing: spawnSync("perl", ["-MFCGI", "-e", "1"]).status === 0 ? null : "libfcgi-perl",
    command: (socket) => ["perl", join(fixtures, "responder.pl"), socket],
    workers: 1,
    variables: {},
    maxHeaderBytes: 50_000,
  },
  {
    name: "fcgiwrap round a script",
    missing: missingOf(["fcgiwrap", "fcgiwrap"]),
    command: fcgiwrap(2).command,
    workers: 2,
    variables: { SCRIPT_FILENAME: join(fixtures, "responder.sh"), PATH: process.env["PATH"] ?? "" },
    maxHeaderBytes: 50_000,
  },
  {
    name: "php-cgi",
    missing: missingOf(["php-cgi", "php-cgi"]),
    command: (socket) => [
      "php-cgi",
      "-d",
      "log_errors=1",
      "-d",
      "error_log=",
      "-d",
      "enable_post_data_reading=0",
      "-b",
      socket,
    ],
    workers: 1,
    variables: { SCRIPT_FILENAME: join(fixtures, "responder.php") },
    maxHeaderBytes: 20_000,
  },
];

export class RunningProgram implements AsyncDisposable {
  readonly address: string;
  readonly #server: AsyncDisposable;

  private constructor(socket: string, server: AsyncDisposable) {
    this.address = `unix:${socket}`;
    this.#server = server;
  }

  /** Resolves when it listens. */
  static async start({ name, command }: Pick<Program, "name" | "command">): Promise<RunningProgram> {
    const own = tempFolder();
    const socket = own.file("app.sock");
    const commands = [{ words: command(socket, own) }];
    const isUp = (): Promise<boolean> => canConnect(socket);
    return new RunningProgram(socket, await startServer({ name, commands, isUp, own, signal: "SIGKILL" }));
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#server[Symbol.asyncDispose]();
  }
}

function canConnect(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}
