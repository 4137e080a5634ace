// How a script is started with the debugger of its language, for one request: with other arguments or extra variables,
// which the debugger removes before the script's first line.
import { dirname, posix } from "node:path";
import { type DebuggerName, debuggerFile } from "../../base/built-files.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import type { DebuggedScript } from "../../http/exchange/debuggers.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { interpreterCommand, shebangProgram } from "../../routing/script-interpreter.js";
import type { RunRequest } from "../../runners/runner.js";
import type { AgentEndpoint, AgentEvents } from "./agent-link.js";
import { pipeEndpoint } from "./bash-link.js";
import { InspectorLink } from "./inspector-link.js";
import { debugMessage } from "./messages.js";
import { socketEndpoint } from "./socket-link.js";

type Started = Pick<RunRequest, "argv" | "env">;
type Variables = Readonly<Record<string, ByteString | string>>;

interface DebuggerStart {
  /** The person should know this. */
  readonly note: Message | null;
  readonly endpoint: (events: AgentEvents) => Promise<AgentEndpoint>;
  /** `path` is the endpoint's. */
  readonly start: (path: string) => Started;
}

/** The text: why the script has no debugger. */
export function debuggerStart({ route, mode, argv, env }: DebuggedScript): DebuggerStart | Message {
  if (mode !== "cgi") return debugMessage("debug-mode", { mode });
  const program = posix.basename(route.interpreter?.[0] ?? shebangProgram(route.firstLine));
  const command = interpreterCommand(route);
  const language = command && languages.find(({ programs }) => programs.test(program));
  if (!command || !language) return debugMessage("debug-language");
  const refused = command.slice(1).find((word) => language.refuses.test(word));
  if (refused !== undefined) return debugMessage("debug-switch", { switch: refused });
  const own = argv.slice(route.interpreter?.length ?? 0);
  const variable = (name: string): ByteString | null => {
    const assigned = env.findLast((each) => each.startsWith(`${name}=`));
    return assigned === undefined ? null : byteString(assigned.slice(name.length + 1));
  };
  return {
    note: language.isReplaced ? debugMessage("debug-as-bash") : null,
    endpoint: language.endpoint,
    start: (path) => ({
      argv: language.command === null ? argv : [...language.command(command), ...own],
      env: withVariables(env, { ...language.variables(variable), CGI_WORKBENCH_DEBUG: utf8(path) }),
    }),
  };
}

interface Language {
  readonly programs: RegExp;
  /** Words of the interpreter's that keep the debugger out. */
  readonly refuses: RegExp;
  readonly isReplaced: boolean;
  readonly endpoint: DebuggerStart["endpoint"];
  /** Null: the command line stays. */
  readonly command: ((command: readonly ByteString[]) => readonly ByteString[]) | null;
  readonly variables: (own: (name: string) => ByteString | null) => Variables;
}

const behind = (own: ByteString | null, between: string, added: string): string =>
  own === null ? added : `${own}${between}${added}`;
const never = /(?!)/;
const file = (name: DebuggerName): ByteString => utf8(debuggerFile(name));
const bashVariables: Language["variables"] = (own) => {
  const given = own("BASH_ENV");
  return { BASH_ENV: file("debugger.bash"), ...(given !== null && { CGI_WORKBENCH_BASH_ENV: given }) };
};

const languages: readonly Language[] = [
  {
    programs: /^python(3(\.\d+)*)?$/,
    refuses: /^-\w*[EIS]/,
    isReplaced: false,
    endpoint: socketEndpoint,
    command: null,
    variables: (own) => {
      const given = own("PYTHONPATH");
      const folder = utf8(dirname(debuggerFile("sitecustomize.py")));
      return {
        PYTHONPATH: given === null ? folder : `${folder}:${given}`,
        // The agent's folder may be a signed package: Python writes no byte code there.
        ...(own("PYTHONDONTWRITEBYTECODE") === null && { PYTHONDONTWRITEBYTECODE: utf8("debugger") }),
      };
    },
  },
  {
    programs: /^perl(5(\.\d+)*)?$/,
    refuses: never,
    isReplaced: false,
    endpoint: socketEndpoint,
    command: (command) => {
      const after = /(^|\/)env$/.test(command[0] ?? "") ? command.length : 1;
      return [...command.slice(0, after), byteString("-d"), ...command.slice(after)];
    },
    variables: () => ({
      PERL5DB: `BEGIN { require '${file("debugger.pl").replaceAll(/[\\']/g, "\\$&")}' }`,
    }),
  },
  {
    programs: /^ruby(\d+(\.\d+)*)?$/,
    refuses: /^--disable[-=](?:all|rubyopt)$/,
    isReplaced: false,
    endpoint: socketEndpoint,
    command: null,
    variables: (own) => ({
      RUBYLIB: behind(own("RUBYLIB"), ":", utf8(dirname(debuggerFile("cgi_workbench_debugger.rb")))),
      RUBYOPT: behind(own("RUBYOPT"), " ", "-rcgi_workbench_debugger"),
    }),
  },
  {
    programs: /^node(js)?$/,
    refuses: never,
    isReplaced: false,
    endpoint: (events) => socketEndpoint(events, InspectorLink),
    command: null,
    variables: (own) => {
      const given = own("NODE_OPTIONS");
      const added = `--require "${file("debugger.cjs").replaceAll(/["\\]/g, "\\$&")}"`;
      return {
        NODE_OPTIONS: behind(given, " ", added),
        ...(given !== null && { CGI_WORKBENCH_NODE_OPTIONS: given }),
      };
    },
  },
  {
    programs: /^bash$/,
    refuses: /^-\w*p/,
    isReplaced: false,
    endpoint: pipeEndpoint,
    command: null,
    variables: bashVariables,
  },
  {
    programs: /^(?:sh|dash|ash)$/,
    refuses: never,
    isReplaced: true,
    endpoint: pipeEndpoint,
    command: (command) => [
      byteString("/usr/bin/env"),
      byteString("bash"),
      ...command.slice(/(^|\/)env$/.test(command[0] ?? "") ? 2 : 1),
    ],
    variables: bashVariables,
  },
];

function withVariables(env: readonly ByteString[], added: Variables): readonly ByteString[] {
  const names = Object.keys(added);
  const kept = env.filter((each) => !names.some((name) => each.startsWith(`${name}=`)));
  return [...kept, ...Object.entries(added).map(([name, value]) => byteString(`${name}=${value}`))];
}
