// The files of a folder, by what the other server does with them: it runs them, sends them, keeps them for the scripts
// alone, or does not get them.
import { posix } from "node:path";
import { ProblemError } from "../../base/problem.js";
import type { Message } from "../../contract/message.js";
import { type AgentLanguage, type Mode, modeTraits, speaksWebSocket } from "../../contract/modes.js";
import type { FileEntry } from "../../contract/workspace.js";
import { byteString, latin1, utf8 } from "../../protocol/byte-string.js";
import { unservedFile } from "../../routing/deny-list.js";
import { beginning } from "../../routing/file-facts.js";
import { routeMessage } from "../../routing/messages.js";
import type { ScriptRoute } from "../../routing/route.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";
import type { Workspace } from "../../workspace/workspace.js";
import { Backends } from "./backends.js";
import { loadedFiles } from "./loaded-files.js";
import { deployNote, deployProblem } from "./messages.js";
import { programOf } from "./script-program.js";
import type { Target } from "./targets.js";
import { unnamedFiles } from "./unnamed-files.js";

export interface KitScript {
  /** In the folder, and with a slash before it the path of its requests. */
  readonly path: string;
  readonly mode: Mode;
  /** The process that runs it; null: the server itself starts it for each request. */
  readonly backend: string | null;
  /** What its first line, or its handler, names; null: a compiled program. */
  readonly program: string | null;
  /** The file itself is started. */
  readonly isStarted: boolean;
  readonly language: AgentLanguage | "php" | null;
  readonly passesAuthorization: boolean;
}

interface Options {
  readonly workspace: Workspace;
  readonly target: Target & { readonly name: string };
  readonly at: string;
  /** The one script that is wanted; null: every one is. */
  readonly only: string | null;
  readonly sourceOf: (path: string) => Promise<string>;
}

/** Enough to know a program by. */
const magicBytes = 8;

export class SortedFiles {
  readonly scripts: KitScript[] = [];
  readonly routes: ScriptRoute[] = [];
  /** What is copied. */
  readonly files: string[] = [];
  /** Of those, what no request reaches. */
  readonly hidden: string[] = [];
  /** Of those, what a script may start. */
  readonly executable = new Set<string>();
  readonly backends: Backends;
  readonly #options: Options;
  readonly #notRun: string[] = [];
  readonly #webSockets: string[] = [];
  /** What the workbench refuses. */
  readonly #refused: string[] = [];
  /** What the other server would send to everybody. */
  readonly #leftOut: string[] = [];
  #unnamed: readonly string[] = [];
  readonly #asCgi: Message[] = [];
  /** In the kit if a script loads them, or names them. */
  readonly #others = { scripts: [] as string[], data: [] as string[] };

  constructor(options: Options) {
    this.#options = options;
    this.backends = new Backends(options.at);
  }

  /** @throws ProblemError for what the server cannot do at all */
  async sort(entries: readonly FileEntry[]): Promise<void> {
    const all = entries.filter(({ kind }) => kind === "file");
    for (const entry of all) await this.#take(entry);
    const executable = new Set(all.flatMap((entry) => (entry.executable ? [entry.path] : [])));
    const { scripts, data } = this.#others;
    const from = [...this.scripts.map(({ path }) => path), ...this.hidden];
    const used = await loadedFiles(from, this.#others, this.#options.sourceOf);
    for (const path of used) {
      this.#keep(path, true);
      if (executable.has(path) && scripts.includes(path) && this.#options.target.denies) this.executable.add(path);
    }
    this.#refused.push(...data.filter((path) => !used.includes(path)));
    this.files.sort();
    const folders = entries.flatMap(({ kind, path }) => (kind === "folder" ? [path] : []));
    this.#unnamed = await unnamedFiles(this.#options.workspace.root, folders);
  }

  get notes(): Message[] {
    const target = this.#options.target.name;
    return [
      ...this.#asCgi,
      ...(this.#notRun.length > 0 ? [deployNote("not-run-there", { paths: this.#notRun })] : []),
      ...(this.#webSockets.length > 0 ? [deployNote("web-sockets-left", { paths: this.#webSockets })] : []),
      ...(this.#refused.length > 0 ? [deployNote("refused-here", { paths: this.#refused.toSorted() })] : []),
      ...(this.#unnamed.length > 0 ? [deployNote("not-named", { paths: this.#unnamed })] : []),
      ...(this.#leftOut.length > 0 ? [deployNote("left-out", { paths: this.#leftOut, target })] : []),
    ];
  }

  async #take({ path }: FileEntry): Promise<void> {
    const { workspace, only } = this.#options;
    const asked = utf8(`/${path}`);
    const reached = workspace.routing.resolve({ path: asked, query: byteString("") });
    if (reached.kind === "none" && reached.status === 403) {
      // A script may read what no request reaches; what has passwords, or leads elsewhere, is not for the kit at all.
      if (routeMessage.is(reached.why, "denied-by-route", "database-file")) this.#others.data.push(path);
      else if (isNews(path)) this.#refused.push(path);
      return;
    }
    if (reached.kind === "none" && reached.status === 503)
      throw new ProblemError(deployProblem("kit-waits", { path, why: reached.why }));
    // The target of a link is protected as at its own path, which a copy at this one would not be.
    const isOpened = workspace.routing.guards({ path: asked }).some((guard) => !isBelow(`/${path}`, guard.path));
    if (isOpened) this.#refused.push(path);
    else if (reached.file !== utf8(`${workspace.root}/${path}`)) this.#keep(path, true);
    else if (reached.kind !== "script") {
      if (reached.kind === "none") this.#notRun.push(path);
      this.#keep(path, reached.kind === "none");
    } else if (speaksWebSocket(reached.mode)) {
      if (only === path)
        throw new ProblemError(
          deployProblem("kit-mode-refused", { path, mode: reached.mode, target: this.#options.target.name }),
        );
      if (only === null) this.#webSockets.push(path);
      this.#others.scripts.push(path);
    } else if (!(await this.#canRun(path, reached))) {
      if (only === path || workspace.config.scripts[path] !== undefined || reached.firstLine !== "")
        this.#notRun.push(path);
      this.#keep(path, true);
    } else if (only === null || only === path) {
      this.files.push(path);
      this.#run(path, reached);
    } else this.#others.scripts.push(path);
  }

  #keep(path: string, isHidden: boolean): void {
    // What lies in cgi-bin is never sent as a file.
    const isSent = isHidden && !this.#options.target.denies && !path.startsWith("cgi-bin/");
    (isSent ? this.#leftOut : this.files).push(path);
    if (isHidden && !isSent) this.hidden.push(path);
  }

  /** A server starts what the system can start. */
  async #canRun(path: string, { mode, interpreter, firstLine }: ScriptRoute): Promise<boolean> {
    if (mode !== "cgi") return !modeTraits[mode].isExternal;
    if (interpreter !== null) return false;
    const magic = await this.#options.workspace.readRange(path, 0, magicBytes);
    return firstLine !== "" || beginning(magic) === "program";
  }

  #run(path: string, route: ScriptRoute): void {
    const { mode } = route;
    const { target } = this.#options;
    const isAlone = !target.speaksFastcgi;
    const isElsewhere =
      isAlone && (!(mode === "cgi" || modeTraits[mode].usesAgent) || !path.startsWith(target.cgiFolder));
    if (isElsewhere || (mode === "fastcgi" && target.repeatsVariables))
      throw new ProblemError(deployProblem("kit-mode-refused", { path, mode, target: target.name }));
    if (isAlone && mode !== "cgi") this.#asCgi.push(deployNote("runs-as-cgi", { path, mode, target: target.name }));
    const isCgi = mode === "cgi" || isAlone;
    this.routes.push(route);
    this.executable.add(path);
    this.scripts.push({
      path,
      mode: isCgi ? "cgi" : mode,
      backend: isCgi ? (target.runsCgi ? null : this.backends.shared("cgi")) : this.backends.of(path, route),
      program: programOf(route),
      isStarted: isCgi || (mode === "fastcgi" && route.interpreter === null),
      language: mode === "php-cgi" ? "php" : (scriptInterpreter(route)?.language ?? null),
      passesAuthorization: route.passAuthorization,
    });
  }
}

const isBelow = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder.replace(/\/$/, "")}/`);

/** The folder's own configuration, and what interpreters write beside a source, are left out of every kit. */
const isNews = (path: string): boolean =>
  !["configuration-file", "compiled-file"].includes(unservedFile(latin1(posix.basename(path))) ?? "");
