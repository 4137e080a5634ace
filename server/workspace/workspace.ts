// An open folder: its active configuration, its routing, its interpreters, its files. It notices changes from outside;
// a configuration with a mistake changes nothing until the mistake is fixed.

import { readBounded } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { FileEncoding } from "../contract/charsets.js";
import { type Config, configFileName } from "../contract/config.js";
import type { FolderTrust as TrustFacts } from "../contract/trust-contract.js";
import type { FileContent, FileList, FileListChange, Interpreter, Problem, Saved } from "../contract/workspace.js";
import { byteString } from "../protocol/byte-string.js";
import { percentDecode } from "../protocol/percent.js";
import type { InterpreterFinder } from "../routing/handlers.js";
import type { Route } from "../routing/route.js";
import type { Routing } from "../routing/routing.js";
import { ScriptVersions } from "../trace/script-versions.js";
import { Configuration } from "./config/configuration.js";
import { type FileBytes, fileBytes, fileRange } from "./files/file-bytes.js";
import { FileChanges } from "./files/file-changes.js";
import { type FileAnswer, FileIndex } from "./files/file-index.js";
import { maxEntries } from "./files/file-list.js";
import { fileProblem } from "./files/file-problem.js";
import { openableFolder } from "./files/folders.js";
import { fileMessage } from "./files/messages.js";
import { OwnSaves } from "./files/own-saves.js";
import { resolveExisting } from "./files/resolve-path.js";
import { saveFile } from "./files/save-file.js";
import { type EncodedText, encodedFile } from "./files/save-lines.js";
import { fileContent, maxTextBytes } from "./files/text-file.js";
import { type Watcher, watchFolder } from "./files/watcher.js";
import { Interpreters } from "./interpreters/interpreters.js";
import { type Environment, withoutNpm } from "./interpreters/own-environment.js";
import { lockOrProblem, type WorkspaceLock } from "./lock/lock.js";
import { FolderTrust, type TrustOptions } from "./trust/folder-trust.js";

/** Start of the watch if no list was requested, ms: changes before that are noticed as soon as the watch has begun. */
const watchAfterMs = 150;

export interface WorkspaceChange {
  /** Paths in the workspace that changed on disk; null: many, or unknown; empty: none. */
  readonly paths: readonly string[] | null;
  /** Another configuration is active. */
  readonly config: boolean;
}
export interface TextToSave extends EncodedText {
  /** SHA-256 of what the editor read, hex; null: the file must not exist yet. */
  readonly expectedHash: string | null;
}
export interface WorkspaceOptions {
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
  /** A configuration in place of the folder's own, absolute. It is read when the folder is opened. */
  readonly configFile?: string | null;
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
  readonly #trust: FolderTrust;
  readonly #interpreters: Interpreters;
  readonly #onChange: (change: WorkspaceChange) => void;
  readonly #watchSoon: NodeJS.Timeout;
  #watcher: Watcher | null = null;
  readonly #configuration: Configuration;
  #filesRev = 1;
  readonly #index = new FileIndex({
    listing: () => ({
      root: this.root,
      routing: this.#configuration.routing,
      containment: this.#configuration.containment,
    }),
  });
  readonly #ownSaves: OwnSaves;
  readonly #otherProblems: Problem[] = [];
  /** Settles with the last read of the configuration. */
  #reading: Promise<void> = Promise.resolve();
  /** Saves and other changes by the workbench. */
  readonly #writes = new SerialQueue();
  #disposed: Promise<void> | null = null;

  private constructor(
    root: string,
    lock: WorkspaceLock,
    {
      onChange = () => {},
      environment = withoutNpm(process.env),
      trashFolder,
      versions,
      ruleIds,
      trust,
      configFile = null,
    }: WorkspaceOptions,
  ) {
    this.configFile = configFile;
    this.#trust = new FolderTrust(root, trust);
    this.#onChange = onChange;
    this.root = root;
    this.#prefix = root.endsWith("/") ? root : `${root}/`;
    this.#ownSaves = new OwnSaves(root);
    this.changes = new FileChanges({
      root,
      containment: () => this.#configuration.containment,
      inTurn: (work) => this.#writes.run(work),
      onChange: (paths) => this.#changed(paths),
      trashFolder,
    });
    this.#lock = lock;
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
    });
    this.#watchSoon = setTimeout(() => this.#watch(), watchAfterMs);
  }

  /** Begins with the first list, or soon: reading a large folder would delay its opening. */
  #watch(): Watcher {
    clearTimeout(this.#watchSoon);
    this.#watcher ??= watchFolder(this.root, {
      changed: (paths) => void this.#noticed(paths),
      problem: (problem) => {
        if (this.#otherProblems.some(({ message }) => message === problem.message)) return;
        this.#otherProblems.push(problem);
        this.#tell({ paths: [], config: false });
      },
    });
    return this.#watcher;
  }

  /**
   * Opens a folder by its absolute path, or one that begins with "~/".
   * @throws ProblemError if it is missing, not a folder, unreadable, or relative
   */
  static async open(path: string, options: WorkspaceOptions = {}): Promise<Workspace> {
    const root = await openableFolder(path);
    const { lock, problem } = await lockOrProblem(root, options.lockFolder);
    const workspace = new Workspace(root, lock, options);
    try {
      if (problem !== null) workspace.#otherProblems.push(problem);
      await workspace.#configuration.read();
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

  /** While it is false, nothing that the folder brings starts by itself, and only the user's own requests run scripts. */
  get isTrusted(): boolean {
    return this.#trust.isTrusted;
  }

  /** What the folder wants, and whether that is trusted. */
  get trust(): TrustFacts {
    return this.#trust.facts;
  }

  /** Trusts the settings with this fingerprint; when it resolves, they are in force. @throws ProblemError */
  grantTrust(fingerprint: string): Promise<void> {
    const granted = this.#reading.then(() => this.#configuration.grant(fingerprint));
    this.#reading = granted.catch(() => undefined).then(() => this.#configured(true)); // the caller gets the reason
    return granted.then(() => this.#reading);
  }

  /** Ends the trust in the folder; when it resolves, its settings wait. @throws ProblemError */
  endTrust(): Promise<void> {
    const ended = this.#reading.then(() => this.#configuration.revoke());
    this.#reading = ended.catch(() => undefined).then(() => this.#configured(true)); // the caller gets the reason
    return ended.then(() => this.#reading);
  }

  /** Of the active configuration. */
  readonly routing: Pick<Routing, "guard" | "resolve"> = {
    guard: (target) => this.#configuration.routing.guard(target),
    resolve: (target) => this.#configuration.routing.resolve(target),
  };

  /** The target of a request that reaches a file of the workspace; null if none does. */
  targetOf(path: string): string | null {
    return this.#configuration.routing.describe(path.replace(/^(\.?\/)+/, ""), "file").target;
  }

  /** How a request to a file of the workspace, without path info, would be served; null: no URL leads to it. */
  routeOf(path: string): Route | null {
    const target = this.targetOf(path);
    return target === null
      ? null
      : this.routing.resolve({ path: percentDecode(byteString(target)).value, query: byteString("") });
  }

  /** PATH and the variables that the configuration names, from the workbench's environment. */
  get inherited(): ReadonlyMap<ByteString, ByteString> {
    return this.#configuration.inherited;
  }

  get problems(): readonly Problem[] {
    return [...this.#configuration.problems, ...this.#otherProblems];
  }

  /** Grows with each change in the folder. */
  get filesRev(): number {
    return this.#filesRev;
  }

  /** The interpreters found so far; versions follow a little later, as a change. */
  get interpreters(): readonly Interpreter[] {
    return this.#interpreters.list();
  }

  /** Resolves when every change from outside will be noticed. */
  get watching(): Promise<void> {
    return this.#watch().ready;
  }

  /** The path in the workspace of an absolute path; null if it lies outside. */
  relative(file: string): string | null {
    return file.startsWith(this.#prefix) ? file.slice(this.#prefix.length) : null;
  }

  /** All files, as they are on disk now. */
  async list(): Promise<FileList> {
    return this.#listOf(await this.#listing(() => this.#index.all()));
  }

  /**
   * The changes since the list, or the update, with that version; the whole list if they are unknown. Null: no list was
   * made yet.
   */
  async listChanges(version: string | null): Promise<FileListChange> {
    if (version === null) return { kind: "all", ...(await this.list()) };
    const answer = await this.#listing(() => this.#index.since(version));
    return answer.kind === "all" ? { kind: "all", ...this.#listOf(answer) } : answer;
  }

  /** The watch waits for the first list, because it would slow it down. */
  #listing<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#watchSoon);
    return work().finally(() => this.#disposed ?? this.#watch());
  }

  #listOf({ version, entries, truncated }: FileAnswer & { kind: "all" }): FileList {
    const elsewhere = this.config.routes.flatMap(({ path, address }) =>
      address === undefined ? [] : [{ path, address }],
    );
    return { version, entries, elsewhere, truncated, maxEntries };
  }

  /**
   * A file's content as the editor wants it. `path`: in the workspace; `encoding`: null to detect it.
   * @throws ProblemError
   */
  async read(path: string, encoding: FileEncoding | null = null): Promise<FileContent> {
    try {
      const file = await resolveExisting(this.root, path, this.#configuration.containment);
      return fileContent(path, await readBounded(file, maxTextBytes), encoding);
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** A file's bytes; null if it does not exist. @throws ProblemError */
  readBytes(path: string): Promise<FileBytes | null> {
    return fileBytes(this.root, path, this.#configuration.containment);
  }

  /** A stretch of a file's bytes; shorter where the file ends. @throws ProblemError */
  readRange(path: string, from: number, length: number): Promise<Buffer> {
    return fileRange(this.root, path, this.#configuration.containment, { from, length });
  }

  /** As `write`, for bytes. @throws ProblemError */
  writeBytes(path: string, bytes: Uint8Array, expectedHash: string | null): Promise<Saved> {
    return this.#writes.run(() => this.#save(path, bytes, expectedHash));
  }

  /** Finds programs along the PATH of scripts. */
  get programs(): InterpreterFinder {
    return this.#interpreters;
  }

  /**
   * Saves a whole text, if the file has not changed since the editor read it. The consequences come first: when this resolves, a
   * saved configuration is active, and processes that watch the file are replaced.
   * @throws ProblemError
   */
  write(path: string, { expectedHash, ...edited }: TextToSave): Promise<Saved> {
    return this.#writes.run(async () => {
      const before = edited.readAs ? await this.readBytes(path) : null;
      const bytes = encodedFile(path, edited, before?.bytes ?? null);
      if (bytes.length > maxTextBytes)
        throw new ProblemError(fileMessage("too-large-to-save", { path, maxBytes: maxTextBytes }));
      return this.#save(path, bytes, expectedHash);
    });
  }

  /** Idempotent. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#watchSoon);
    await this.#watcher?.close();
    await this.#interpreters.dispose();
    await this.#reading;
    await this.#writes.idle();
    await this.#lock.release();
  }

  async #save(path: string, bytes: Uint8Array, expectedHash: string | null): Promise<Saved> {
    try {
      const file = await resolveExisting(this.root, path, this.#configuration.containment);
      if (path === configFileName) await this.#reload(); // a change from outside loses trust before this one keeps it
      const saved = await saveFile(file, bytes, expectedHash);
      if (saved.kind === "conflict") return saved;
      const facts = await this.#ownSaves.add(file, saved.hash);
      await this.#changed([path], true);
      return { ...saved, ...facts };
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** The watcher reports our own saves too: a path that is as our save left it has not changed. Never rejects. */
  async #noticed(paths: readonly string[] | null): Promise<void> {
    const others = paths && (await this.#writes.run(() => this.#ownSaves.without(paths)));
    if (others === null || others.length > 0) await this.#changed(others);
  }

  /**
   * Resolves when a changed configuration is active. Never rejects: failures become problems to show. `isOwnSave`: this
   * window has saved it.
   */
  async #changed(paths: readonly string[] | null, isOwnSave = false): Promise<void> {
    // such a watch does not report every change
    this.#index.changed(this.#otherProblems.some(({ code }) => code.startsWith("watch")) ? null : paths);
    this.#filesRev += 1;
    this.#tell({ paths, config: false });
    if (paths === null || paths.includes(configFileName)) await this.#reload(isOwnSave);
  }

  #tell(change: WorkspaceChange): void {
    if (this.#disposed === null) this.#onChange(change);
  }

  #reload(isOwnSave = false): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      if (this.#disposed !== null) return;
      const { isOther, isNews } = await this.#configuration.read(isOwnSave);
      if (isNews) this.#configured(isOther);
    });
    return this.#reading;
  }

  #configured(isOther: boolean): void {
    if (isOther) {
      this.#index.changed(null); // every file may be served differently now
      this.#filesRev += 1;
    }
    this.#tell({ paths: [], config: isOther });
  }
}
