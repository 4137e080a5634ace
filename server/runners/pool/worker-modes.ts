// How worker processes are started in each mode that has any: the pool's own table beside `contract/modes`.

import { agentFile } from "../../base/built-files.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { AgentOptions } from "../../contract/config.js";
import { modeTraits, type PooledMode } from "../../contract/modes.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import type { ScriptRoute, WorkerSettings } from "../../routing/route.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";

/** For a run that examines what a script leaves behind, in place of what is configured. */
export interface AgentOverrides extends AgentOptions {
  /** A file to which the agent appends what each request left behind. */
  readonly detect?: string;
}

interface WorkerMode {
  argv(
    route: Pick<ScriptRoute, "file" | "interpreter" | "firstLine" | "workers">,
    overrides?: AgentOverrides,
  ): readonly ByteString[];
  /** Absolute. */
  cwd(route: Pick<ScriptRoute, "file" | "documentRoot">): ByteString;
  /** What its environment has in addition to what is inherited. */
  variables(route: Pick<ScriptRoute, "variables">): Iterable<readonly [ByteString, ByteString]>;
}

/**
 * php-cgi exits after 500 requests by itself and may start children: here each is a single process, replaced between
 * two requests.
 */
const phpVariables = [
  [byteString("PHP_FCGI_CHILDREN"), byteString("0")],
  [byteString("PHP_FCGI_MAX_REQUESTS"), byteString("0")],
] as const;

const folderOf = ({ file }: Pick<ScriptRoute, "file">): ByteString =>
  byteString(file.slice(0, file.lastIndexOf("/")) || "/");

/** The agent with its options, in the script's interpreter. Routing refuses a script without one. */
function withAgent(mode: AgentMode): WorkerMode {
  const known = new WeakMap<WorkerSettings, KnownArgv>();
  return {
    argv: (route, overrides) => {
      if (overrides !== undefined) return agentArgv(mode, route, overrides);
      const { file, firstLine, interpreter, workers } = route;
      const last = known.get(workers);
      if (last?.file === file && last.firstLine === firstLine && last.interpreter === interpreter) return last.argv;
      const argv = agentArgv(mode, route);
      known.set(workers, { file, firstLine, interpreter, argv });
      return argv;
    },
    cwd: folderOf,
    variables: ({ variables }) => variables,
  };
}

/** The command line of the last script with these settings: every request asks for it. */
type KnownArgv = Pick<ScriptRoute, "file" | "firstLine" | "interpreter"> & { readonly argv: readonly ByteString[] };
type AgentMode = "prefork" | "persistent" | "wsgi" | "psgi" | "rack" | "handler";

function agentArgv(
  mode: AgentMode,
  route: Parameters<WorkerMode["argv"]>[0],
  overrides: AgentOverrides = {},
): readonly ByteString[] {
  const { file, workers } = route;
  const agent = scriptInterpreter(route);
  const options = { ...workers.agent, ...overrides };
  if (agent === null) throw new Error(`no agent runs ${file}`);
  const values = {
    mode,
    // An empty list says that prefork loads nothing by itself.
    preload: options.preload?.length || mode === "prefork" ? options.preload?.join(",") : undefined,
    modules: mode === "persistent" ? options.modules : undefined,
    globals: mode === "persistent" ? options.globals : undefined,
    grow: options.growMiB,
    spare: mode === "prefork" ? options.spare : undefined,
    words: modeTraits[mode].usesAgent && workers.searchWords === "ignore" ? "ignore" : undefined,
    detect: mode === "prefork" ? undefined : overrides.detect,
  };
  const words = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  const command = mode === "rack" ? agent.command : agent.agentCommand;
  const given = agent.language === "python" ? [] : (route.interpreter?.slice(1) ?? []);
  const switches = given.length > 0 ? [byteString(`--switches=${given.join("\n")}`)] : [];
  return [...command, utf8(agentFile(agent.language)), ...words.map(utf8), ...switches, file];
}

export const workerModes: Readonly<Record<PooledMode, WorkerMode>> = {
  fastcgi: {
    argv: ({ file, interpreter }) => [...(interpreter ?? []), file],
    cwd: folderOf,
    variables: ({ variables }) => variables,
  },
  // Only the program: it receives the script's name and variables with each request.
  "php-cgi": {
    argv: ({ interpreter }) => interpreter ?? [byteString("php-cgi")],
    cwd: ({ documentRoot }) => documentRoot,
    variables: () => phpVariables,
  },
  prefork: withAgent("prefork"),
  persistent: withAgent("persistent"),
  wsgi: withAgent("wsgi"),
  psgi: withAgent("psgi"),
  rack: withAgent("rack"),
  handler: withAgent("handler"),
};
