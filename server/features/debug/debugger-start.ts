// How a script is started with the debugger of its language, for one request: with other arguments or extra variables,
// which the debugger removes before the script's first line.
import { dirname, posix } from "node:path";
import { type DebuggerName, debuggerFile } from "../../base/built-files.js";
import { diskPath, readRange, unlessRefused } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import { callsApplication, type Mode } from "../../contract/modes.js";
import type { DebuggedScript } from "../../http/script/debug-script.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { interpreterCommand, shebangProgram } from "../../routing/script-interpreter.js";
import type { RunRequest } from "../../runners/runner.js";
import { installCommand } from "../../samples/languages.js";
import type { AgentEndpoint, AgentEvents } from "./debuggers/agent-link.js";
import { pipeEndpoint } from "./debuggers/bash-link.js";
import { DbgpLink } from "./debuggers/dbgp-link.js";
import { InspectorLink } from "./debuggers/inspector-link.js";
import { lldbAdapter, lldbEndpoint } from "./debuggers/lldb-link.js";
import { xdebugSwitches } from "./debuggers/php-start.js";
import { socketEndpoint } from "./debuggers/socket-link.js";
import { debugMessage } from "./messages.js";

type Started = Pick<RunRequest, "argv" | "env">;
type Variables = Readonly<Record<string, ByteString | string>>;

interface DebuggerStart {
  /** The person should know this. */
  readonly note: Message | null;
  readonly endpoint: (events: AgentEvents) => Promise<AgentEndpoint>;
  /** `path` is the endpoint's. */
  readonly start: (path: string, plan: Started) => Started;
}

/** The text: why the script has no debugger. */
export async function debuggerStart({ route, mode, env: own }: DebuggedScript): Promise<DebuggerStart | Message> {
  if (mode !== "cgi" && mode !== "prefork" && mode !== "php-cgi" && !callsApplication(mode))
    return debugMessage("debug-mode", { mode });
  const program = posix.basename(route.interpreter?.[0] ?? shebangProgram(route.firstLine));
  const command = interpreterCommand(route);
  const path = diskPath(route.file).toString();
  if (command === null && (await isCompiled(path))) return compiledStart(mode, path);
  const language = command && languages.find(({ programs }) => programs.test(program));
  if (!command || !language) return debugMessage("debug-language", { install: null });
  const refused = command.slice(1).find((word) => language.refuses?.test(word));
  if (refused !== undefined) return debugMessage("debug-switch", { switch: refused });
  const commandFor = language.command && (await language.command(command, own));
  if (commandFor === null) return debugMessage("debug-language", { install: howToInstall(language.package ?? "") });
  return {
    note: language.isReplaced ? debugMessage("debug-as-bash") : null,
    endpoint: language.endpoint,
    start: (path, { argv, env }) => {
      // What the agent would fork for a script of prefork is started without it, as what php-cgi would serve.
      const words = mode === "prefork" ? argv.indexOf(route.file) : (route.interpreter?.length ?? 0);
      // An agent of an application adds Perl's -d by itself.
      const isAsItIs = callsApplication(mode) || (mode === "cgi" && commandFor === undefined);
      const rest = mode === "php-cgi" ? [route.file] : argv.slice(words);
      return {
        argv: isAsItIs ? argv : [...(commandFor?.(path) ?? command), ...rest],
        env: withVariables(
          env,
          language.variables((name) => variableIn(env, name), path),
        ),
      };
    },
  };
}

/** Begins as ELF or Mach-O does. A program that may be run need not be readable. */
async function isCompiled(path: string): Promise<boolean> {
  const begin = await unlessRefused(readRange(path, 0, 4), null);
  return begin !== null && /^(?:7f454c46|cffaedfe|cafebabe)$/.test(begin.toString("hex"));
}

function compiledStart(mode: Mode, program: string): DebuggerStart | Message {
  if (mode !== "cgi") return debugMessage("debug-mode", { mode });
  const adapter = lldbAdapter();
  if (adapter === null) return debugMessage("debug-language", { install: howToInstall("lldb") });
  return {
    note: null,
    endpoint: (events) => lldbEndpoint(events, adapter, program),
    start: (path, { argv, env }) => ({ argv: [...path.split("\0").map((word) => utf8(word)), ...argv.slice(1)], env }),
  };
}

const howToInstall = (name: string): string =>
  `${installCommand(process.env["PATH"] ?? "") ?? "apt-get install"} ${name}`;

function variableIn(env: readonly ByteString[], name: string): ByteString | null {
  const assigned = env.findLast((each) => each.startsWith(`${name}=`));
  return assigned === undefined ? null : byteString(assigned.slice(name.length + 1));
}

type Command = readonly ByteString[];

interface Language {
  readonly programs: RegExp;
  /** Words of the interpreter's that keep the debugger out. */
  readonly refuses?: RegExp;
  readonly isReplaced?: true;
  readonly endpoint: DebuggerStart["endpoint"];
  /**
   * The command line that starts the interpreter with its debugger, for the debugger's path. Undefined: it is the
   * script's own command line. Null: the interpreter has no debugger here.
   */
  readonly command?: (
    command: Command,
    env: readonly ByteString[],
  ) => ((path: string) => Command) | Promise<((path: string) => Command) | null>;
  /** The debugger is in this package. */
  readonly package?: string;
  readonly variables: (own: (name: string) => ByteString | null, path: string) => Variables;
}

/** Whether `env` searches for the program: its name is another word. */
const isSearched = ([program]: Command): boolean => /(^|\/)env$/.test(program ?? "");
const withSwitches = (command: Command, switches: Command): Command => {
  const after = isSearched(command) ? command.length : 1;
  return [...command.slice(0, after), ...switches, ...command.slice(after)];
};
const behind = (own: ByteString | null, between: string, added: string): string =>
  own === null ? added : `${own}${between}${added}`;
const file = (name: DebuggerName): ByteString => utf8(debuggerFile(name));
/** An agent of ours reads from this variable where it reports, and deletes it. */
const meets = (path: string) => ({ CGI_WORKBENCH_DEBUG: utf8(path) });
const bashVariables: Language["variables"] = (own, path) => {
  const given = own("BASH_ENV");
  return { ...meets(path), BASH_ENV: file("debugger.bash"), ...(given !== null && { CGI_WORKBENCH_BASH_ENV: given }) };
};

const languages: readonly Language[] = [
  {
    programs: /^python(3(\.\d+)*)?$/,
    refuses: /^-\w*[EIS]/,
    endpoint: socketEndpoint,
    variables: (own, path) => {
      const given = own("PYTHONPATH");
      const folder = utf8(dirname(debuggerFile("sitecustomize.py")));
      return {
        ...meets(path),
        PYTHONPATH: given === null ? folder : `${folder}:${given}`,
        // The agent's folder may be a signed package: Python writes no byte code there.
        ...(own("PYTHONDONTWRITEBYTECODE") === null && { PYTHONDONTWRITEBYTECODE: utf8("debugger") }),
      };
    },
  },
  {
    programs: /^perl(5(\.\d+)*)?$/,
    endpoint: socketEndpoint,
    command: (command) => () => withSwitches(command, [byteString("-d")]),
    variables: (_, path) => ({
      ...meets(path),
      PERL5DB: `BEGIN { require '${file("debugger.pl").replaceAll(/[\\']/g, "\\$&")}' }`,
    }),
  },
  {
    programs: /^ruby(\d+(\.\d+)*)?$/,
    refuses: /^--disable[-=](?:all|rubyopt)$/,
    endpoint: socketEndpoint,
    variables: (own, path) => ({
      ...meets(path),
      RUBYLIB: behind(own("RUBYLIB"), ":", utf8(dirname(debuggerFile("cgi_workbench_debugger.rb")))),
      RUBYOPT: behind(own("RUBYOPT"), " ", "-rcgi_workbench_debugger"),
    }),
  },
  {
    programs: /^node(js)?$/,
    endpoint: (events) => socketEndpoint(events, InspectorLink),
    variables: (own, path) => {
      const given = own("NODE_OPTIONS");
      const added = `--require "${file("debugger.cjs").replaceAll(/["\\]/g, "\\$&")}"`;
      return {
        ...meets(path),
        NODE_OPTIONS: behind(given, " ", added),
        ...(given !== null && { CGI_WORKBENCH_NODE_OPTIONS: given }),
      };
    },
  },
  {
    programs: /^php(-cgi)?[\d.]*$/,
    endpoint: (events) => socketEndpoint(events, DbgpLink),
    command: async (command, env) => {
      const switches = await xdebugSwitches(command, env);
      return switches && ((path) => withSwitches(command, switches(path)));
    },
    package: "php-xdebug",
    variables: (own) => {
      const modes = own("XDEBUG_MODE");
      return modes === null ? {} : { XDEBUG_MODE: `${modes},debug` };
    },
  },
  {
    programs: /^bash$/,
    refuses: /^-\w*p/,
    endpoint: pipeEndpoint,
    variables: bashVariables,
  },
  {
    programs: /^(?:sh|dash|ash)$/,
    isReplaced: true,
    endpoint: pipeEndpoint,
    command: (command) => () => [
      byteString("/usr/bin/env"),
      byteString("bash"),
      ...command.slice(isSearched(command) ? 2 : 1),
    ],
    variables: bashVariables,
  },
];

function withVariables(env: readonly ByteString[], added: Variables): readonly ByteString[] {
  const names = Object.keys(added);
  const kept = env.filter((each) => !names.some((name) => each.startsWith(`${name}=`)));
  return [...kept, ...Object.entries(added).map(([name, value]) => byteString(`${name}=${value}`))];
}
