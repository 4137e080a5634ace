// `cgi-workbench bench`: measures a script in its modes, in rounds that alternate, so that what else the machine does
// in a moment meets each of them. The load comes from a process of its own; this process is the server.
import { fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Workbench } from "../app/workbench.js";
import { entry } from "../base/built-files.js";
import { ProblemError } from "../base/problem.js";
import { type Load, type LoadResult, loadNote } from "../client/load.js";
import type { BenchReport } from "../contract/command-output.js";
import { isServerError } from "../contract/failure.js";
import { isMode, type Mode, modeNames, modeTraits } from "../contract/modes.js";
import { byteString, utf8 } from "../protocol/byte-string.js";
import { hostField } from "../protocol/missing-headers.js";
import { parseTarget } from "../protocol/target.js";
import { unfitMode } from "../routing/mode-compatibility.js";
import type { ScriptRoute } from "../routing/route.js";
import { figuresOf, senderRemark, tableText, verdictOf } from "./bench-report.js";
import { configFileOf, configOption } from "./config-option.js";
import { cliMessage } from "./messages.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError, usage } from "./usage.js";

export async function bench(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (values.help) {
    process.stdout.write(usage.bench);
    return 0;
  }
  const [dir, target, ...more] = positionals;
  if (dir === undefined || !target?.startsWith("/") || more.length > 0)
    throw new UsageError("bench takes DIR TARGET; see cgi-workbench bench --help");
  const asked = values.modes === undefined ? null : values.modes.split(",").map(modeNamed);
  const connections = numberOf("connections", values.connections, 1, 1024);
  const rate = values.rate === undefined ? null : numberOf("rate", values.rate, 1, 1_000_000);
  const rounds = numberOf("rounds", values.rounds, 3, 100);
  const ms = (numberOf("seconds", values.seconds, 6, 86_400) * 1000) / rounds;

  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  const configFile = await configFileOf(values.config);
  const workbench = await Workbench.create();
  const driver = new Driver(workbench, ending.signal);
  try {
    await workbench.folder.open(resolve(dir), { configFile, port: 0, run: { host: null } });
    const workspace = workbench.folder.workspace();
    tellProblems(workspace.problems);
    const parsed = parseTarget(utf8(target), workspace.config.policy);
    const route = parsed.ok ? workspace.routing.resolve(parsed.target) : null;
    if (route?.kind !== "script") throw new ProblemError(cliMessage("not-a-script", { path: target }));
    const modes = asked ?? usualModes(route);
    await driver.tryEach(modes, target);

    const { host, port } = workbench.server.servingAddress();
    const text = `GET ${target} HTTP/1.1\r\nHost: ${hostField(host, port)}\r\n\r\n`;
    const load = { host, port, request: Buffer.from(text, "latin1").toString("base64"), connections, rate, ms };
    const results = new Map<Mode, LoadResult[]>(modes.map((mode) => [mode, []]));
    for (let round = 1; round <= rounds; round++)
      for (const mode of modes) {
        process.stderr.write(`Round ${round} of ${rounds}: ${modeTraits[mode].label}\n`);
        results.get(mode)?.push(await driver.round(load, mode));
      }
    const figures = [...results].map(([mode, measured]) => figuresOf(mode, measured));
    const report: BenchReport = {
      target,
      connections,
      rate,
      modes: figures,
      verdict: verdictOf(figures, rate !== null),
    };
    print(report, values);
    return figures.some(({ errors }) => errors > 0) ? 1 : 0;
  } catch (error) {
    if (ending.signal.aborted) return interruptedCode;
    throw error;
  } finally {
    driver.end();
    await workbench.dispose();
  }
}

/** As a shell states an end by SIGINT. */
const interruptedCode = 130;
const options = {
  ...configOption,
  modes: { type: "string" },
  connections: { type: "string" },
  rate: { type: "string" },
  seconds: { type: "string" },
  rounds: { type: "string" },
  json: { type: "boolean" },
  csv: { type: "boolean" },
  markdown: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function modeNamed(name: string): Mode {
  if (!isMode(name)) throw new UsageError(`--modes takes names of ${modeNames.join(", ")}, not “${name}”`);
  return name;
}

function numberOf(name: string, text: string | undefined, usual: number, most: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!(value > 0 && value <= most) || (name !== "seconds" && !Number.isInteger(value)))
    throw new UsageError(`--${name} takes a number from 1 to ${most}, not “${text}”`);
  return value;
}

/**
 * The modes in which the script as it is can run. Whether it speaks FastCGI itself, or is an application, only its own
 * mode tells.
 */
const usualModes = (route: ScriptRoute): readonly Mode[] =>
  modeNames.filter(
    (mode) =>
      mode === route.mode ||
      (unfitMode(mode, route) === null && !isOwnLoop(mode) && !modeTraits[mode].isExternal && !isOwnLoop(route.mode)),
  );
const isOwnLoop = (mode: Mode): boolean => mode === "fastcgi" || modeTraits[mode].application !== null;

function print(report: BenchReport, values: { readonly json?: boolean; csv?: boolean; markdown?: boolean }): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  process.stdout.write(tableText(report.modes, values.csv ? "csv" : values.markdown ? "markdown" : "text"));
  const remarks = [report.verdict?.text, senderRemark(report.modes)].flatMap((text) => text ?? []);
  const out = values.csv ? process.stderr : process.stdout; // nothing but the table for a program that reads it
  if (remarks.length > 0) out.write(`\n${remarks.join("\n")}\n`);
}

/** The process that sends the load, and this server's side of it. */
class Driver {
  readonly #workbench: Workbench;
  readonly #signal: AbortSignal;
  readonly #child = fork(entry("load-driver"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });

  constructor(workbench: Workbench, signal: AbortSignal) {
    this.#workbench = workbench;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.end());
  }

  /** One request in each mode: processes are started, and a mode that cannot work is reported. @throws ProblemError */
  async tryEach(modes: readonly Mode[], target: string): Promise<void> {
    for (const mode of modes) {
      const request = { method: byteString("GET"), target: utf8(target), headers: [], body: null };
      const trace = await this.#workbench.sender.deliver(request, { from: "cli", mode }, { signal: this.#signal });
      if (trace.response === null || isServerError(trace.response.status))
        throw new ProblemError(
          cliMessage("mode-fails", { mode, status: trace.response?.status ?? null, why: trace.cause?.text ?? null }),
        );
    }
  }

  /** @throws Error when the process ends, or the signal ended it */
  async round(load: Load, mode: Mode): Promise<LoadResult> {
    const releases: (() => void)[] = [];
    const over = new AbortController();
    const died = once(this.#child, "exit", { signal: over.signal });
    try {
      return await Promise.race([
        died.then(() => Promise.reject(new Error("the process that sends the load has ended"))),
        this.#measured(load, mode, releases),
      ]);
    } finally {
      over.abort();
      died.catch(() => {}); // cancelled
      this.#child.removeAllListeners("message");
      for (const release of releases) release();
    }
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }

  #measured(load: Load, mode: Mode, releases: (() => void)[]): Promise<LoadResult> {
    return new Promise((resolve) => {
      this.#child.on("message", (message) => {
        const note = loadNote.parse(message);
        if (note.kind === "done") return resolve(note);
        const { localAddress, localPort } = note;
        const ends = { localAddress, localPort, remoteAddress: load.host, remotePort: load.port };
        const decided = { from: "cli", mode, variables: new Map(), parent: null } as const;
        releases.push(this.#workbench.sender.claim(ends, decided));
        this.#child.send({ claimed: localPort });
      });
      this.#child.send(load);
    });
  }
}
