// An open folder: its active configuration, its routing, its interpreters, its files. It notices changes from outside;
// a configuration with a mistake changes nothing until the mistake is fixed.

import { SerialQueue } from "../base/serial-queue.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { FileEncoding } from "../contract/charsets.js";
import { type Config, isOfConfiguration } from "../contract/config.js";
import { wordsOf } from "../contract/message.js";
import type { TrustReport } from "../contract/trust-contract.js";
import type { FileContent, FileList, FileListChange, Interpreter, Problem, Saved } from "../contract/workspace.js";
import { byteString } from "../protocol/byte-string.js";
import { percentDecode } from "../protocol/percent.js";
import type { InterpreterFinder } from "../routing/handlers.js";
import { routeMessage } from "../routing/messages.js";
import { none } from "../routing/resolve-path.js";
import type { Route } from "../routing/route.js";
import type { Routing } from "../routing/routing.js";
import { scriptPath } from "../routing/script-settings.js";
import { ScriptVersions } from "../trace/script-versions.js";
import { Configuration, type HtaccessRules, type JoinHtaccess } from "./config/configuration.js";
import type { NotPreloaded } from "./config/setting-mistakes.js";
import { FileChanges } from "./files/file-changes.js";
import { type FileBytes, FileContents, type TextToSave } from "./files/file-contents.js";
import { openableFolder } from "./files/folders.js";
import { WatchedList } from "./files/watched-list.js";
import { Interpreters } from "./interpreters/interpreters.js";
import { type Environment, machineEnvironment } from "./interpreters/own-environment.js";
import { lockOrProblem, type WorkspaceLock } from "./lock/lock.js";
import { FolderTrust, type TrustOptions } from "./trust/folder-trust.js";

export interface WorkspaceChange {
  /** Paths in the workspace that changed on disk; null: many, or unknown; empty: none. */
  readonly paths: readonly string[] | null;
  /** Another configuration is active. */
  readonly config: boolean;
}
interface WorkspaceOptions {
  /** Called after each change. */
  readonly onChange?: (change: WorkspaceChange) => void;
  /** The source of PATH. */
  readonly environment?: Environment;
  /** Folder of the lock; by default the user's private runtime folder. */
  readonly lockFolder?: string;
  /** Folder of removed files, which can be restored; by default in the same folder. */
  readonly trashFolder?: string;
  /** Stores the scripts that requests run; traces outlive their folder. */
  readonly versions?: ScriptVersions;
  /** The doctor's rules, which the configuration may switch off; if absent, any name is allowed there. */
  readonly ruleIds?: ReadonlySet<string>;
  /** By default what the user trusted before. */
  readonly trust?: TrustOptions;
  /** A configuration in place of the folder's own, absolute. It is read once, when the folder is opened. */
  readonly configFile?: string | null;
  /** Joins the rules of `.htaccess` files to the configuration; if absent, they have no effect. */
  readonly htaccess?: JoinHtaccess;
  /** Open until this one is: if it is the same folder, its lock goes over to this one. */
  readonly before?: Workspace | null;
}

export class Workspace {
  /** Absolute, without links. */
  readonly root: string;
  /** Of every path in it. */
  readonly #prefix: string;
  /** Another window owns the folder. */
  readonly joined: boolean;
  /** The configuration in place of the folder's own; null: that one. */
  readonly configFile: string | null;
  /** The explorer's changes to files. */
  readonly changes: FileChanges;
  readonly #lock: WorkspaceLock;
  readonly #lockProblems: readonly Problem[];
  readonly #trust: FolderTrust;
  readonly #interpreters: Interpreters;
  readonly #onChange: (change: WorkspaceChange) => void;
  readonly #configuration: Configuration;
  readonly #files: WatchedList;
  readonly #contents: FileContents;
  #filesRev = 1;
  #configRev = 1;
  /** Saves and other changes by the workbench. */
  readonly #writes = new SerialQueue();
  #disposed: Promise<void> | null = null;

  private constructor(
    root: string,
    { lock, problem }: { readonly lock: WorkspaceLock; readonly problem: Problem | null },
    {
      onChange = () => {},
      environment = machineEnvironment(),
      trashFolder,
      versions,
      ruleIds,
      trust,
      configFile = null,
      htaccess,
    }: WorkspaceOptions,
  ) {
    this.configFile = configFile;
    this.#trust = new FolderTrust(root, trust);
    this.#onChange = onChange;
    this.root = root;
    this.#prefix = root.endsWith("/") ? root : `${root}/`;
    const containment = () => this.#configuration.containment;
    const inTurn = <T>(work: () => Promise<T>) => this.#writes.run(work);
    this.changes = new FileChanges({
      root,
      containment,
      inTurn,
      onChange: (paths) => this.#changed(paths),
      trashFolder,
    });
    this.#contents = new FileContents({
      root,
      containment,
      inTurn,
      // a change from outside loses trust before this one keeps it
      beforeSave: async (paths) => (paths.some(isOfConfiguration) ? this.#reload() : undefined),
      onSave: (paths) => this.#changed(paths, true),
    });
    this.#lock = lock;
    this.#lockProblems = problem === null ? [] : [problem];
    this.joined = !lock.owned;
    this.#interpreters = new Interpreters({
      environment,
      cwd: root,
      mayAsk: () => this.#trust.isTrusted,
      onChange: () => this.#tell({ paths: [], config: false }),
    });
    this.#configuration = new Configuration({
      root,
      environment,
      interpreters: this.#interpreters,
      versions: versions ?? new ScriptVersions(),
      trust: this.#trust,
      ruleIds: ruleIds ?? null,
      file: configFile,
      htaccess: htaccess ?? null,
    });
    this.#files = new WatchedList({
      root,
      listing: () => ({ root, routing: this.#configuration.routing, containment: containment() }),
      elsewhere: () =>
        this.config.routes.flatMap(({ path, address }) => (address === undefined ? [] : [{ path, address }])),
      onChange: (paths) => this.#noticed(paths),
      onProblem: () => this.#tell({ paths: [], config: false }),
    });
  }

  /**
   * Opens a folder by its absolute path, or one that begins with "~/".
   * @throws ProblemError if it is missing, not a folder, unreadable, or relative
   */
  static async open(path: string, options: WorkspaceOptions = {}): Promise<Workspace> {
    const root = await openableFolder(path);
    const { before, lockFolder } = options;
    const kept = before?.root === root && !before.joined && before.#lockProblems.length === 0 ? before.#lock : null;
    const locked = kept ? { lock: kept.share(), problem: null } : await lockOrProblem(root, lockFolder);
    const workspace = new Workspace(root, locked, options);
    try {
      await workspace.#readConfiguration();
      return workspace;
    } catch (error) {
      await workspace.dispose();
      throw error;
    }
  }

  /** What is in force of the last valid one. */
  get config(): Config {
    return this.#configuration.config;
  }

  /**
   * While it is false, nothing that the folder brings starts by itself, and only the user's own requests run scripts.
   */
  get isTrusted(): boolean {
    return this.#trust.isTrusted;
  }

  /** The user trusted it, not only the command of this run. */
  get isTrustRecorded(): boolean {
    return this.#trust.isRecorded;
  }

  /** What its `.htaccess` files say; null: they have no effect. */
  get htaccess(): HtaccessRules | null {
    return this.#configuration.htaccess;
  }

  /** What the folder wants, and whether that is trusted. */
  get trust(): TrustReport {
    return this.#trust.facts;
  }

  /** Trusts the settings with this fingerprint; when it resolves, they are in force. @throws ProblemError */
  grantTrust(fingerprint: string): Promise<void> {
    return this.#writes.run(() => this.#configuration.grant(fingerprint)).finally(() => this.#configured(true));
  }

  /** Ends the trust in the folder; when it resolves, its settings wait. @throws ProblemError */
  endTrust(): Promise<void> {
    return this.#configuration.revoke().finally(() => this.#configured(true));
  }

  /** Of the active configuration. */
  readonly routing: Pick<Routing, "guards" | "resolve"> = {
    guards: (target) => this.#configuration.routing.guards(target),
    resolve: (target) => {
      const { mistake, routing } = this.#configuration;
      if (mistake === null) return routing.resolve(target);
      return none(target.path, 503, routeMessage("configuration-invalid", { mistake: wordsOf(mistake) }));
    },
  };

  /** The target of a request that reaches a file of the workspace; null if none does. */
  targetOf(path: string): string | null {
    return this.#configuration.routing.describe(scriptPath(path), "file").target;
  }

  /**
   * How a request to a file of the workspace, without path info, would be served; null: no URL leads to it. Before a
   * configuration is valid, as without one.
   */
  routeOf(path: string): Route | null {
    const target = this.targetOf(path);
    return target === null
      ? null
      : this.#configuration.routing.resolve({ path: percentDecode(byteString(target)).value, query: byteString("") });
  }

  /** PATH and the variables that the configuration names, from the workbench's environment. */
  get inherited(): ReadonlyMap<ByteString, ByteString> {
    return this.#configuration.inherited;
  }

  get problems(): readonly Problem[] {
    return [...this.#configuration.problems, ...this.#lockProblems, ...this.#files.problems];
  }

  /** All modules that the agent of a script (absolute) could not preload: problems of the configuration. */
  notPreloaded(file: string, failed: readonly NotPreloaded[]): void {
    if (this.#configuration.notPreloaded(this.relative(file) ?? file, failed)) this.#configured(false);
  }

  /** Grows with each change in the folder. */
  get filesRev(): number {
    return this.#filesRev;
  }

  /** Grows with each change of the configuration, of its file or of the trust. */
  get configRev(): number {
    return this.#configRev;
  }

  /** From now on the versions of interpreters are asked for; each is a change. */
  askVersions(): void {
    this.#interpreters.askVersions();
  }

  /** The interpreters found so far. */
  get interpreters(): readonly Interpreter[] {
    return this.#interpreters.list();
  }

  /** Resolves when every change from outside was noticed, and will be. */
  get watching(): Promise<void> {
    return this.#files.watching;
  }

  /** The path in the workspace of an absolute path; null if it lies outside. */
  relative(file: string): string | null {
    return file.startsWith(this.#prefix) ? file.slice(this.#prefix.length) : null;
  }

  /** All files, as they are on disk now. */
  list(): Promise<FileList> {
    return this.#files.all();
  }

  /**
   * The changes since the list, or the update, with that version; the whole list if they
   * are unknown. Null: no list was made yet.
   */
  listChanges(version: string | null): Promise<FileListChange> {
    return this.#files.since(version);
  }

  /**
   * A file's content as the editor wants it. `path`: in the workspace;
   * `encoding`: null to detect it. @throws ProblemError
   */
  read(path: string, encoding: FileEncoding | null = null): Promise<FileContent> {
    return this.#contents.read(path, encoding);
  }

  /** A file's bytes; null if it does not exist. @throws ProblemError */
  readBytes(path: string): Promise<FileBytes | null> {
    return this.#contents.readBytes(path);
  }

  /** A file's mode, as in stat; null if it does not exist. @throws ProblemError */
  modeOf(path: string): Promise<number | null> {
    return this.#contents.modeOf(path);
  }

  /** A stretch of a file's bytes; shorter where the file ends. @throws ProblemError */
  readRange(path: string, from: number, length: number): Promise<Buffer> {
    return this.#contents.readRange(path, from, length);
  }

  /**
   * Saves a whole text, if the file has not changed since the editor read it. The consequences come first: when this
   * resolves, a saved configuration is active, and processes that watch the file are replaced.
   * @throws ProblemError
   */
  write(path: string, text: TextToSave): Promise<Saved> {
    return this.#contents.write(path, text);
  }

  /** As `write`, for bytes. @throws ProblemError */
  writeBytes(path: string, bytes: Uint8Array, expectedHash: string | null): Promise<Saved> {
    return this.#contents.writeBytes(path, bytes, expectedHash);
  }

  /** Finds programs along the PATH of scripts. */
  get programs(): InterpreterFinder {
    return this.#interpreters;
  }

  /** Idempotent. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    await this.#files.close();
    await this.#interpreters.dispose();
    await this.#configuration.idle();
    await this.#writes.idle();
    await this.#lock.release();
  }

  /**
   * The watcher reports our own saves too: a path that is as our save left it has not changed. In turn with saves,
   * because a configuration that is read while it is being saved would be judged as a change from outside. Never
   * rejects.
   */
  #noticed(paths: readonly string[] | null): Promise<void> {
    return this.#writes.run(async () => {
      const others = paths && (await this.#contents.changedByOthers(paths));
      if (others === null || others.length > 0) await this.#changed(others);
    });
  }

  /**
   * Resolves when a changed configuration is active. Never rejects: failures become problems to show. `isOwnSave`: this
   * window has saved it.
   */
  async #changed(paths: readonly string[] | null, isOwnSave = false): Promise<void> {
    this.#files.changed(paths);
    this.#filesRev += 1;
    this.#tell({ paths, config: false });
    if (paths === null || paths.some(isOfConfiguration)) await this.#reload(isOwnSave);
  }

  #tell(change: WorkspaceChange): void {
    if (this.#disposed === null) this.#onChange(change);
  }

  async #reload(isOwnSave = false): Promise<void> {
    if (this.#disposed !== null) return;
    this.#configured(await this.#readConfiguration(isOwnSave));
  }

  async #readConfiguration(isOwnSave = false): Promise<boolean> {
    const isOther = await this.#configuration.read(isOwnSave);
    if (this.#configuration.problems.some(({ code }) => code === "folder-missing")) this.#files.missed();
    return isOther;
  }

  #configured(isOther: boolean): void {
    this.#configRev += 1;
    if (isOther) {
      this.#files.changed(null); // every file may be served differently now
      this.#filesRev += 1;
    }
    this.#tell({ paths: [], config: isOther });
  }
}
