// The processes of a kit that wait at a socket: one kind for each script that keeps its process, one for all scripts of
// CGI where the server starts none, one for PHP.
import { posix } from "node:path";
import { agentFile } from "../../base/built-files.js";
import { toBytesText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type AgentLanguage, isPooled, isRunByAgent, modeTraits } from "../../contract/modes.js";
import type { ScriptRoute } from "../../routing/route.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";
import { workerModes } from "../../runners/pool/worker-modes.js";
import { deployProblem } from "./messages.js";

export interface Backend {
  readonly id: string;
  readonly about: string;
  /** The first word is a path. */
  readonly command: readonly string[];
  readonly folder: string;
  /** So many units share the socket. */
  readonly instances: number;
  readonly environment: readonly string[];
}

/** Requests that one process of prefork forks for, at once. */
const children = 16;

export class Backends {
  readonly agents = new Set<AgentLanguage>();
  readonly #all = new Map<string, Backend>();
  readonly #at: string;

  /** `at`: where the kit lies. */
  constructor(at: string) {
    this.#at = at;
  }

  get all(): readonly Backend[] {
    return [...this.#all.values()];
  }

  /** What the script's processes are called. @throws ProblemError for a first line that no unit can have */
  of(path: string, route: ScriptRoute): string {
    const { mode } = route;
    if (mode === "php-cgi") return this.shared("php");
    if (!isPooled(mode)) throw new Error(`${mode} has no processes`);
    const own = scriptInterpreter(route)?.language;
    const agent = isRunByAgent(mode) && own !== undefined ? own : null;
    if (agent !== null) this.agents.add(agent);
    const places = new Map<string, string>([
      [textOf(route.file), `${this.#at}/site/${path}`],
      ...(agent === null ? [] : [[agentFile(agent), `${this.#at}/agent/${posix.basename(agentFile(agent))}`] as const]),
    ]);
    const words = workerModes[mode].argv(route).map((word) => places.get(textOf(word)) ?? textOf(word));
    // A handler's program is searched for, here and there.
    const [program = "", ...rest] = words;
    const command = route.interpreter !== null ? ["/usr/bin/env", posix.basename(program), ...rest] : words;
    // systemd takes signs before the path for orders, such as + for all rights.
    const refused =
      command.find((word) => /\p{Cc}|\ufffd/u.test(word)) ?? (/^\//.test(command[0] ?? "") ? null : program);
    if (refused !== null)
      throw new ProblemError(deployProblem("kit-name-refused", { name: refused, target: "systemd" }));
    if (agent !== null) command.splice(-1, 0, "--error500", ...(mode === "prefork" ? [`--children=${children}`] : []));
    return this.#add(idOf(path, this.#all), {
      about: `${path}, ${modeTraits[mode].label}`,
      command,
      folder: posix.dirname(`${this.#at}/site/${path}`),
      instances: mode === "prefork" ? 1 : route.workers.count,
      environment: [],
    });
  }

  /** One for all scripts of that kind. */
  shared(id: "cgi" | "php"): string {
    if (this.#all.has(id)) return id;
    const about = id === "cgi" ? "the CGI scripts" : "the PHP files";
    const command = id === "cgi" ? ["/usr/sbin/fcgiwrap", "-c", `${children}`] : ["/usr/bin/php-cgi"];
    const environment = id === "cgi" ? [] : ["PHP_FCGI_CHILDREN=4", "PHP_FCGI_MAX_REQUESTS=0"];
    return this.#add(id, { about, command, folder: `${this.#at}/site`, instances: 1, environment });
  }

  #add(id: string, backend: Omit<Backend, "id">): string {
    this.#all.set(id, { id, ...backend });
    return id;
  }
}

/** A word for units and sockets. */
function idOf(path: string, taken: ReadonlyMap<string, unknown>): string {
  const word =
    posix
      .basename(path)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "script";
  for (let number = 1; ; number++) {
    const id = number === 1 ? word : `${word}-${number}`;
    if (!taken.has(id) && id !== "cgi" && id !== "php") return id;
  }
}

/** What is no text has a character that no kit takes. */
const textOf = (bytes: ByteString): string => {
  const text = toBytesText(bytes);
  return typeof text === "string" ? text : "\ufffd";
};
