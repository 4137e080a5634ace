// One run of strace: its command line, the named pipe that it writes to, and its end. It is no parent of the script's
// and has a session of its own, so the script's process is as it would be without it.
import { execFile } from "node:child_process";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryRoot } from "../../base/user-folders.js";
import { TouchedReader } from "../../formats/touched/touched-reader.js";

/** A name with "?" may be missing on this machine. */
const calls =
  "%file,%process,ptrace,socket,connect,sendto,sendmsg,sendmmsg,recvfrom,recvmsg,?recvmmsg,getsockopt,?poll,ppoll,?select,pselect6,?epoll_wait,epoll_pwait,flock,fcntl,fchdir";
/** -I2: a signal ends strace itself. 512 bytes: a message of DNS. Paths are never cut. */
const options = ["-f", "-I2", "-q", "-ttt", "-T", "-y", "-s", "512", "-e", `trace=${calls}`];
const maxLine = 1 << 18;
/** For a test of strace itself. */
const testMs = 5000;

/** Null: strace can watch processes here. */
export async function whyRefused(strace: string): Promise<string | null> {
  try {
    const command = [...options, "-o", "/dev/null", "/bin/sh", "-c", ":"];
    await promisify(execFile)(strace, command, { timeout: testMs, env: { LC_ALL: "C" } });
    return null;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n", 1)[0] : "";
    return `${said || String(error)}.`.replace(/\.\.$/, ".");
  }
}

export class StraceRun {
  readonly reader: TouchedReader;
  /** True: the script's program runs. False: it could not be started. */
  readonly begun: Promise<boolean>;
  /** strace has said all. */
  readonly over: Promise<void>;
  readonly #folder: string;
  readonly #pipe: Socket;
  #rest = "";
  #begin: (isBegun: boolean) => void = () => {};

  /** `cwd`: of the script. Rejects with the system's error. */
  static async open(cwd: string): Promise<StraceRun> {
    const folder = await mkdtemp(join(temporaryRoot(), "cgi-workbench-touched-"));
    try {
      await promisify(execFile)("mkfifo", ["-m", "600", join(folder, "calls")]);
      return new StraceRun(folder, cwd);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(folder: string, cwd: string) {
    this.#folder = folder;
    this.reader = new TouchedReader(cwd);
    const descriptor = openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
    this.#pipe = new Socket({ fd: descriptor, readable: true, writable: false });
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.over = new Promise((resolve) => {
      this.#pipe.once("close", () => {
        this.#begin(this.reader.hasBegun);
        this.reader.end();
        void rm(folder, { recursive: true, force: true }).then(resolve, resolve);
      });
    });
    this.#pipe.setEncoding("latin1").on("data", (text: string) => this.#read(text));
    this.#pipe.on("error", () => this.#pipe.destroy());
  }

  /** What starts the command under strace. */
  argv(strace: string): readonly string[] {
    return [strace, "-DDD", ...options, "-o", this.#path, "--"];
  }

  /** The script has ended. What it left behind runs on, unwatched. */
  detach(): void {
    for (const pid of this.reader.processes) {
      const tracer = tracerOf(pid);
      if (tracer === 0) continue;
      try {
        process.kill(tracer, "SIGTERM");
      } catch {
        // it has ended meanwhile
      }
      return;
    }
  }

  /** Nothing more is read. */
  close(): void {
    this.#pipe.destroy();
  }

  /** No strace was started that would open the other end. */
  abandon(): void {
    closeSync(openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK));
    this.close();
  }

  get #path(): string {
    return join(this.#folder, "calls");
  }

  #read(text: string): void {
    const lines = `${this.#rest}${text}`.split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, maxLine);
    const { reader } = this;
    const wasFull = reader.isFull;
    for (const line of lines) reader.read(line);
    if (reader.hasBegun) this.#begin(true);
    if (reader.isFull && !wasFull) this.detach();
  }
}

/** 0: no program traces the process, or it has ended. */
function tracerOf(pid: number): number {
  try {
    const [, tracer = "0"] = /^TracerPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
    return Number(tracer);
  } catch {
    return 0;
  }
}
