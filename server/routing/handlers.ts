// Interpreters by extension: the defaults, and what the configuration replaces.
import { posix } from "node:path";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config, PoolOptions } from "../contract/config.js";
import { type AgentLanguage, defaultMode, type Mode, onlyLanguageOf, usualMode } from "../contract/modes.js";
import { utf8 } from "../protocol/byte-string.js";
import { connectionsByAddress, connectionsOf } from "./external-targets.js";
import { parseAddress } from "./fastcgi-address.js";
import type { ExternalApplication } from "./route.js";
import { agentLanguageOf } from "./script-interpreter.js";

/** Finds programs. */
export interface InterpreterFinder {
  /** Absolute path of an executable program, from its name (along PATH) or its absolute path; null if there is none. */
  find(program: string): string | null;
}

export interface Handler extends PoolOptions {
  /** The external application that runs such files. */
  readonly external: ExternalApplication | null;
  /** Program and arguments as configured; the script's path follows. */
  readonly interpreter: readonly string[];
  /** The URL path of the script that gets such files. */
  readonly action: ByteString | null;
  /** Null: the route or the script decides. */
  readonly mode: Mode | null;
  /** The mode of files that need the handler, unless a route or a script sets another. */
  readonly usualMode: Mode;
}

/** `php-cgi`, not `php`, which prints no headers. */
const defaultHandlers: Readonly<Record<string, readonly string[]>> = {
  ".py": ["python3"],
  ".pl": ["perl"],
  ".php": ["php-cgi"],
  ".rb": ["ruby"],
  ".sh": ["sh"],
  ".lua": ["lua"],
  ".tcl": ["tclsh"],
  ".wsgi": ["python3"],
  ".psgi": ["perl"],
  ".ru": ["ruby"],
};

const programs: Readonly<Record<AgentLanguage, string>> = { python: "python3", perl: "perl", ruby: "ruby" };

/**
 * Handler by extension in lower case; `interpreter` is empty if the configuration sets only a mode for an extension
 * without default.
 */
export function handlersOf(config: Config, root: string): ReadonlyMap<string, Handler> {
  const handlers = new Map<string, Handler>(
    Object.entries(defaultHandlers).map(([extension, interpreter]) => [extension, usual(extension, interpreter)]),
  );
  const connections = connectionsByAddress(config, root);
  for (const [name, configured] of Object.entries(config.handlers)) {
    const extension = name.toLowerCase();
    if (configured === null) handlers.delete(extension);
    else {
      const {
        action,
        interpreter = action === undefined ? (defaultHandlers[extension] ?? []) : [],
        mode = null,
        address: written = "",
        connections: _,
        ...pool
      } = configured;
      const address = parseAddress(written, root);
      const external = address && { address, connections: connectionsOf(address, connections) };
      handlers.set(extension, {
        ...usual(extension, interpreter),
        ...pool,
        external,
        action: action === undefined ? null : utf8(action),
        mode,
      });
    }
  }
  return handlers;
}

function usual(extension: string, interpreter: readonly string[]): Handler {
  const own = usualMode(extension, true);
  const language = agentLanguageOf(interpreter[0] ?? "");
  const runsApplication = language !== null && language === onlyLanguageOf(own);
  const isUsual = interpreter === defaultHandlers[extension] || runsApplication;
  return { interpreter, external: null, action: null, mode: null, usualMode: isUsual ? own : defaultMode };
}

/** Every interpreter that the configuration may need, as `InterpreterFinder.find` expects it. */
export function interpretersOf(config: Config, root: string): readonly string[] {
  const configured = [...handlersOf(config, root).values()].flatMap(({ interpreter: [program] }) =>
    program === undefined ? [] : [programPath(program, root)],
  );
  return [...configured, ...Object.values(programs)];
}

/** What reads the mode's applications, if neither the file nor a handler names it; null: the mode does not tell. */
export function applicationInterpreter(mode: Mode, finder: InterpreterFinder): readonly ByteString[] | null {
  const language = onlyLanguageOf(mode);
  const found = language && finder.find(programs[language]);
  return found === null ? null : [utf8(found)];
}

/** A handler's interpreter, ready to start; null if it does not exist. */
export function findInterpreter(
  handler: Handler,
  root: string,
  finder: InterpreterFinder,
): readonly ByteString[] | null {
  const [program, ...rest] = handler.interpreter;
  const found = program === undefined ? null : finder.find(programPath(program, root));
  return found === null ? null : [utf8(found), ...rest.map(utf8)];
}

/** "venv/bin/python" lies in the workspace; "python3" is searched along PATH. */
function programPath(program: string, root: string): string {
  return program.includes("/") ? posix.resolve(root, program) : program;
}
