// `--access-log FILE` and `--error-log FILE`: what Apache would write of the same requests, appended to files.
import { type FileHandle, open } from "node:fs/promises";
import { systemReason } from "../base/error-text.js";
import { type Log, noteOf } from "../base/log.js";
import { ProblemError } from "../base/problem.js";
import { accessLogLine, errorLogLines } from "../trace/formats/server-logs.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { cliMessage } from "./messages.js";

export const serverLogOptions = { "access-log": { type: "string" }, "error-log": { type: "string" } } as const;

export class ServerLogs {
  readonly #access: LogFile | null;
  readonly #errors: LogFile | null;

  private constructor(access: LogFile | null, errors: LogFile | null) {
    this.#access = access;
    this.#errors = errors;
  }

  /** Writes to `log` when a file can no longer be written. @throws ProblemError if a file cannot be opened */
  static async open(
    { access, errors }: { readonly access: string | undefined; readonly errors: string | undefined },
    log: Log,
  ): Promise<ServerLogs> {
    return new ServerLogs(await openLog(access, log), await openLog(errors, log));
  }

  /** For each request that ends; null without a file. */
  get add(): ((trace: TraceRecord) => void) | null {
    const access = this.#access;
    const errors = this.#errors;
    if (!access && !errors) return null;
    return (trace) => {
      const line = access && accessLogLine(trace);
      if (line !== null) access?.add(line);
      if (errors) for (const error of errorLogLines(trace, process.pid)) errors.add(error);
    };
  }

  /** What was added is written then. */
  async close(): Promise<void> {
    await this.#access?.close();
    await this.#errors?.close();
  }
}

async function openLog(path: string | undefined, log: Log): Promise<LogFile | null> {
  if (path === undefined) return null;
  const file = await open(path, "a").catch((error: unknown) => {
    throw new ProblemError(cliMessage("log-not-opened", { path, systemText: systemReason(error) }));
  });
  return new LogFile(file, (error) => {
    log.write(noteOf("error", "workbench", cliMessage("log-not-written", { path, systemText: systemReason(error) })));
  });
}

/** Lines that come while some are written are written together. */
class LogFile {
  readonly #file: FileHandle;
  readonly #onFault: (error: unknown) => void;
  #waiting: string[] = [];
  #writing: Promise<void> | null = null;
  #isBroken = false;

  constructor(file: FileHandle, onFault: (error: unknown) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  add(line: string): void {
    if (this.#isBroken) return;
    this.#waiting.push(line);
    this.#writing ??= this.#writeAll();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const lines = this.#waiting.splice(0);
        await this.#file.appendFile(`${lines.join("\n")}\n`);
      }
    } catch (error) {
      this.#isBroken = true;
      this.#waiting = [];
      this.#onFault(error);
    }
    this.#writing = null;
  }
}
