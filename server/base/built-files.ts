// The paths of built files. The build puts every Node entry and every shared chunk into one flat folder
// (server/vite.config.ts), so `import.meta.url` is right in every chunk, inside an asar archive too.
import { fileURLToPath } from "node:url";
import type { AgentLanguage } from "../contract/modes.js";

/** The entries that are started by path; server/vite.config.ts lists these and a few more. */
export type EntryName =
  | "cli"
  | "utility"
  | "browser"
  | "open-browser"
  | "doctor-worker"
  | "import-reader"
  | "store-worker"
  | "store-reader"
  | "load-driver"
  | "lesson-check";

/** Absolute path of a built entry; right in source code, too. */
export const entry = (name: EntryName): string => fileURLToPath(new URL(`../../dist/node/${name}.js`, import.meta.url));

/**
 * The command line of this installation, for another program to start. A packaged app's cannot be started by Node, so
 * it is named as it is found when it is linked.
 */
export function commandLine(): readonly string[] {
  const file = entry("cli");
  if (/[/\\]app\.asar[/\\]/.test(file)) return ["cgi-workbench"];
  return [process.versions["electron"] === undefined ? process.execPath : "node", file];
}

/** Absolute path of the preload script: a single CommonJS file, because a sandboxed preload must be one. */
export const preloadFile = (): string => fileURLToPath(new URL("./preload.cjs", import.meta.url));

/** Absolute path of the folder with the examples and templates, as files. */
export const samplesFolder = (): string => fileURLToPath(new URL("../samples/", import.meta.url));

/** Absolute path of the folder with the course, as files; right in source code, too. */
export const lessonsFolder = (): string => fileURLToPath(new URL("../lessons/course", import.meta.url));

/** Absolute path of the folder with the templates of kits for other servers; right in source code, too. */
export const deployTemplatesFolder = (): string => fileURLToPath(new URL("../../dist/deploy", import.meta.url));

/** Absolute path of the folder with the examples of a folder's own commands; right in source code, too. */
export const commandExamplesFolder = (): string => fileURLToPath(new URL("../../dist/commands", import.meta.url));

/** Absolute path of the source of a small server that runs one script; right in source code, too. */
export const serverProgram = (name: "server.py" | "server.go"): string =>
  fileURLToPath(new URL(`../../dist/servers/${name}`, import.meta.url));

/**
 * Absolute path of an agent. The interpreter of a script reads it, so a packaged app has it outside of its archive
 * (electron-builder.yml). The path is right in source code, too.
 */
export const agentFile = (language: AgentLanguage): string => agentFiles[language];

/** Beside the agents: what makes an application of a CGI script, and the other way round; a module for scripts. */
export type AdapterName =
  | "cgi-as-wsgi.py"
  | "wsgi-as-cgi.py"
  | "cgi-as-psgi.pl"
  | "psgi-as-cgi.pl"
  | "cgi-as-rack.rb"
  | "rack-as-cgi.rb"
  | "form_fields.py";
export const adapterFile = (name: AdapterName): string => besideAgents(name);

/** The programs that step through a script, for its interpreter. */
export type DebuggerName =
  | "sitecustomize.py"
  | "debugger.pl"
  | "debugger.bash"
  | "cgi_workbench_debugger.rb"
  | "debugger.cjs"
  | "uncaught.php";
export const debuggerFile = (name: DebuggerName): string => besideAgents(`debug/${name}`);

const besideAgents = (name: string): string =>
  fileURLToPath(new URL(`../../dist/agents/${name}`, import.meta.url)).replace(
    /([/\\]app\.asar)(?=[/\\])/,
    "$1.unpacked",
  );
const builtAgent = (extension: string): string => besideAgents(`cgi-workbench-agent.${extension}`);
const agentFiles: Readonly<Record<AgentLanguage, string>> = {
  python: builtAgent("py"),
  perl: builtAgent("pl"),
  ruby: builtAgent("rb"),
};

/** Absolute path of the folder with the built window (index.html and its assets), for both shells. */
export const rendererFolder = (): string => fileURLToPath(new URL("../renderer/", import.meta.url));
