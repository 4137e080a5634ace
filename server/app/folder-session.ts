// The open folder: calls that open, serve, stop and close it run in their order. Applies its active configuration to
// everything that outlives the folder.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Log, noteOf } from "../base/log.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import type { Cookies } from "../client/cookies.js";
import { rules } from "../doctor/engine/rules.js";
import { staticRules } from "../doctor/static-checks/markers.js";
import type { Holds } from "../http/exchange/holds.js";
import type { ScriptVersions } from "../trace/script-versions.js";
import type { TraceLog } from "../trace/trace-log.js";
import { openableFolder } from "../workspace/files/folders.js";
import type { RunTrust } from "../workspace/trust/folder-trust.js";
import { Workspace, type WorkspaceChange } from "../workspace/workspace.js";
import { appMessage, logMessage } from "./messages.js";
import type { ScriptServer } from "./script-server.js";
import type { StoredFolder } from "./stored-folder.js";

interface FolderParts {
  readonly server: ScriptServer;
  readonly traces: TraceLog;
  readonly versions: ScriptVersions;
  /** Cleared with the folder. */
  readonly cookies: Cookies;
  readonly holds: Holds;
  /** Where the folder's traces are stored. */
  readonly stores: Pick<StoredFolder, "turnTo">;
  readonly log: Log;
  /** Another folder is open, or something in it has changed. */
  readonly onChange: () => void;
}

interface OpenOptions {
  /** Serves on this port or not at all; null: the configuration decides. */
  readonly port?: number | null;
  /** Serves on this port if it is free and the configuration names none. */
  readonly usualPort?: number | null;
  readonly signal?: AbortSignal | null;
  /** The command trusts the folder for its run. */
  readonly run?: RunTrust | null;
  /** A configuration in place of the folder's own, absolute. */
  readonly configFile?: string | null;
}

const ruleIds: ReadonlySet<string> = new Set([...rules.map(({ id }) => id), ...staticRules]);

export class FolderSession {
  readonly #parts: FolderParts;
  #workspace: Workspace | null = null;
  /** The identity of the folder's root. */
  #identity: string | null = null;
  #rulesOff: ReadonlySet<string> = new Set();
  /** The folder of the traces in memory. */
  #tracedRoot: string | null = null;
  readonly #turns = new SerialQueue();

  constructor(parts: FolderParts) {
    this.#parts = parts;
  }

  /** Null while no folder is open. */
  get current(): Workspace | null {
    return this.#workspace;
  }

  /** The doctor's rules that the configuration switches off. */
  get rulesOff(): ReadonlySet<string> {
    return this.#rulesOff;
  }

  /** The open folder. @throws ProblemError if none is open */
  workspace(): Workspace {
    if (!this.#workspace) throw new ProblemError(appMessage("no-folder"));
    return this.#workspace;
  }

  /**
   * Opens a folder, closes the previous one, and starts serving it; a failure to serve is part of the state. The folder
   * that is served already stays as it is, with its requests and processes, unless the options ask for something else.
   * @throws ProblemError, or the signal's reason when it aborts first; then the previous folder stays open
   */
  open(path: string, options: OpenOptions = {}): Promise<void> {
    const { port = null, usualPort = null, signal = null, run = null, configFile = null } = options;
    return this.#turns.run(async () => {
      signal?.throwIfAborted();
      const asksNothing = port === null && run === null && configFile === null;
      if (asksNothing && (await this.#isServed(path))) return;
      const workspace: Workspace = await Workspace.open(path, {
        onChange: (change) => this.#changed(change),
        versions: this.#parts.versions,
        ruleIds,
        trust: { run },
        configFile,
        htaccess: async (root, own) => (await import("../adopt/live-htaccess.js")).withHtaccess(root, own),
        before: this.#workspace,
      });
      let identity: string;
      try {
        signal?.throwIfAborted();
        identity = await identityOf(workspace.root);
        await this.#close();
        await this.#parts.stores.turnTo(workspace.root);
      } catch (error) {
        await workspace.dispose();
        throw error;
      }
      this.#leaveTraces(workspace.root);
      this.#workspace = workspace;
      this.#identity = identity;
      this.#applyConfiguration(workspace);
      this.#parts.onChange();
      await this.#parts.server.start(workspace, { port, usualPort }).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error; // the state has the problem: the folder is open all the same
      });
    });
  }

  /**
   * Trusts the open folder with the settings that the user saw. @throws ProblemError if another folder is open, or its
   * settings have changed
   */
  async trust(root: string, fingerprint: string): Promise<void> {
    const workspace = this.workspace();
    if (workspace.root !== root) throw new ProblemError(appMessage("no-folder"));
    await workspace.grantTrust(fingerprint);
  }

  /** Ends the trust in the open folder. @throws ProblemError if another folder is open, or it stays trusted */
  async endTrust(root: string): Promise<void> {
    const workspace = this.workspace();
    if (workspace.root !== root) throw new ProblemError(appMessage("no-folder"));
    await workspace.endTrust();
  }

  close(): Promise<void> {
    return this.#turns.run(() => this.#close());
  }

  /**
   * `port` null: the configured port, else the previous one, 8080 or the next free one; 0: any free one. @throws
   * ProblemError if it is in use
   */
  start(port: number | null): Promise<void> {
    return this.#turns.run(async () => {
      await this.#parts.server.stop();
      await this.#parts.server.start(this.workspace(), { port });
    });
  }

  stop(): Promise<void> {
    return this.#turns.run(() => this.#parts.server.stop());
  }

  async #isServed(path: string): Promise<boolean> {
    const workspace = this.#workspace;
    if (workspace === null || workspace.configFile !== null || this.#parts.server.address() === null) return false;
    return (await openableFolder(path)) === workspace.root && (await identityOf(workspace.root)) === this.#identity;
  }

  async #close(): Promise<void> {
    const { server, cookies, holds, onChange } = this.#parts;
    await server.close();
    holds.clear();
    const workspace = this.#workspace;
    this.#workspace = null;
    this.#rulesOff = new Set();
    cookies.clear();
    await workspace?.dispose();
    onChange();
  }

  /**
   * The traces of one folder are not for the next, where the same paths are other scripts.
   * Stored ones are there when it is opened again.
   */
  #leaveTraces(root: string): void {
    const before = this.#tracedRoot;
    this.#tracedRoot = root;
    if (before === null || before === root) return;
    this.#parts.traces.clear({ pinnedToo: true, isLeft: true });
  }

  #changed({ paths, config }: WorkspaceChange): void {
    const workspace = this.#workspace;
    if (!workspace) return;
    const { server, onChange } = this.#parts;
    if (paths === null || paths.length > 0)
      server.workers?.filesChanged(paths?.map((path) => join(workspace.root, path)) ?? null);
    if (config) this.#configured(workspace);
    onChange();
  }

  /** Configuration reloaded; it applies to new requests. */
  #configured(workspace: Workspace): void {
    const { server, log } = this.#parts;
    server.keepWorkers(workspace);
    log.write(noteOf("info", "configuration", logMessage("configuration-reloaded")));
    this.#applyConfiguration(workspace);
    this.#turns
      .run(async () => this.#workspace && server.move(this.#workspace))
      .catch((error: unknown) => log.fault("The server could not listen on the changed address.", error));
  }

  #applyConfiguration({ config }: Workspace): void {
    const { traces } = this.#parts;
    this.#rulesOff = new Set(Object.keys(config.doctor.off));
    traces.captureBytes = config.limits.captureBytes;
    traces.budgetBytes = config.limits.memoryBytes;
  }
}

/** A folder that was removed and created again is another one: the watcher of the first does not see its changes. */
async function identityOf(root: string): Promise<string> {
  const { dev, ino, birthtimeNs } = await stat(root, { bigint: true });
  return `${dev}:${ino}:${birthtimeNs}`;
}
