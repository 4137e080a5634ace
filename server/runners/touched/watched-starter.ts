// Starts one script under strace. What the script writes and how it ends is passed on unchanged; what it touched comes
// with its exit. Where strace cannot watch, the script is started without it.
import { stat } from "node:fs/promises";
import { toBytesText, toDisplayText } from "../../base/decode-text.js";
import { diskPath } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import type { Touched } from "../../contract/touched.js";
import { touchedOf } from "../../formats/touched/touched.js";
import { utf8 } from "../../protocol/byte-string.js";
import type { Child, ChildEvents, Exit, Starter, StartOptions } from "../../spawn/start.js";
import { CgiRunner } from "../cgi/cgi-runner.js";
import type { Runner } from "../runner.js";
import { touchedMessage } from "./messages.js";
import { StraceRun, whyRefused } from "./strace-run.js";

/** Where strace is; else the command that installs it. */
export type FindStrace = () => { readonly path: string } | { readonly install: string };

/** From the script's exit: strace may have lines left, and a process that the script left behind. */
const lastLinesMs = 300;

/** `startedAt`: Unix time of the request's first byte, ms. */
export const watchingRunner = (starter: Starter, findStrace: FindStrace, startedAt: number): Runner => ({
  run: (request, events) => {
    const script = request.route.copy ?? request.route.file;
    const start: Starter["start"] = (options, given) =>
      startWatched({ starter, findStrace, script, startedAt }, options, given);
    // The owner of the starter ends what it started.
    return new CgiRunner({ kind: starter.kind, start, dispose: async () => {} }).run(request, events);
  },
});

interface Watched {
  readonly starter: Starter;
  readonly findStrace: FindStrace;
  readonly script: ByteString;
  readonly startedAt: number;
}

async function startWatched(watched: Watched, options: StartOptions, events: ChildEvents): Promise<Child> {
  const { starter, findStrace } = watched;
  const startUnwatched = (why: Message): Promise<Child> => starter.start(options, unwatched(events, why));
  const refused = (systemText: string): Promise<Child> =>
    startUnwatched(touchedMessage("touched-refused", { systemText }));
  const found = await straceFor(options.file, findStrace);
  if ("code" in found) return startUnwatched(found);
  const run = await StraceRun.open(toDisplayText(options.cwd)).catch(errorText);
  if (typeof run === "string") return refused(run);
  const held = new Held(events, () => touchedIn(run, watched));
  const argv = [...run.argv(found.path).map(utf8), ...options.argv];
  const child = await starter.start({ ...options, file: utf8(found.path), argv }, held).catch(errorText);
  if (typeof child === "string") {
    run.abandon();
    return refused(child);
  }
  if (await run.begun) {
    setImmediate(() => held.release());
    return child;
  }
  child.end(0);
  return startUnwatched(touchedMessage("touched-not-begun")); // it fails as it would
}

async function straceFor(file: ByteString, findStrace: FindStrace): Promise<{ readonly path: string } | Message> {
  if (process.platform !== "linux") return touchedMessage("touched-not-linux");
  const found = findStrace();
  if ("install" in found) return touchedMessage("touched-no-strace", { command: found.install });
  if (await changesRights(file)) return touchedMessage("touched-set-id", { path: toDisplayText(file) });
  const systemText = await whyRefused(found.path);
  return systemText === null ? found : touchedMessage("touched-refused", { systemText });
}

async function touchedIn(run: StraceRun, { script, startedAt }: Watched): Promise<Touched> {
  const detaching = setTimeout(() => run.detach(), lastLinesMs);
  const closing = setTimeout(() => run.close(), 2 * lastLinesMs);
  await run.over;
  clearTimeout(detaching);
  clearTimeout(closing);
  const { reader } = run;
  const why = reader.tracesItself
    ? touchedMessage("touched-ptrace")
    : reader.isFull
      ? touchedMessage("touched-cut", { count: reader.seen.length })
      : null;
  return touchedOf(reader, { script, startedAt, why, textOf: toBytesText });
}

const unwatched = (events: ChildEvents, why: Message): Held =>
  new Held(events, async () => ({ why, touches: [], omitted: 0, connectMs: 0 })).release();

/** It has the rights of another owner, which no process has that is watched; the superuser's strace takes none away. */
async function changesRights(file: ByteString): Promise<boolean> {
  const { mode, uid, gid } = await stat(diskPath(file)).catch(() => ({ mode: 0, uid: 0, gid: 0 }));
  const isOther = (mode & 0o4000) !== 0 && uid !== process.geteuid?.();
  const isOthers = (mode & 0o2010) === 0o2010 && gid !== process.getegid?.();
  return (isOther || isOthers) && process.geteuid?.() !== 0;
}

/** Keeps events until it is known whether the script runs; then passes them on, the exit with what was touched. */
class Held implements ChildEvents {
  readonly #events: ChildEvents;
  readonly #touched: () => Promise<Touched>;
  #waiting: (() => void)[] | null = [];

  constructor(events: ChildEvents, touched: () => Promise<Touched>) {
    this.#events = events;
    this.#touched = touched;
  }

  release(): this {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const pass of waiting) pass();
    return this;
  }

  stdout = (bytes: Uint8Array, at: number): boolean => this.#pass((to) => to.stdout(bytes, at)) ?? true;
  stderr = (bytes: Uint8Array, at: number): boolean => this.#pass((to) => to.stderr(bytes, at)) ?? true;
  stdoutEnd = (at: number): unknown => this.#pass((to) => to.stdoutEnd(at));
  stderrEnd = (at: number): unknown => this.#pass((to) => to.stderrEnd(at));
  stdinDrain = (): unknown => this.#pass((to) => to.stdinDrain());
  exit = (exit: Exit, at: number): unknown =>
    this.#pass(async (to) => to.exit({ ...exit, touched: await this.#touched() }, at));

  #pass<T>(pass: (events: ChildEvents) => T): T | null {
    if (this.#waiting === null) return pass(this.#events);
    this.#waiting.push(() => pass(this.#events));
    return null;
  }
}
