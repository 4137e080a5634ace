// The core behind every shell: Electron's server, the browser mode and the command line have one each.

import { tuneHeap } from "../base/heap.js";
import { Log } from "../base/log.js";
import type { StateFeed } from "../base/state-feed.js";
import { Cookies } from "../client/cookies.js";
import { forkLoad, type StartLoad } from "../client/load-process.js";
import { RequestOverrides } from "../client/request-overrides.js";
import type { HoldState } from "../contract/hold-contract.js";
import type { WorkersState } from "../contract/workers-contract.js";
import type { WorkbenchCounts, WorkbenchState } from "../contract/workspace.js";
import { siteOf } from "../doctor/base/site.js";
import type { Doctor } from "../doctor/engine/doctor.js";
import { Holds } from "../http/exchange/holds.js";
import { Previews } from "../http/preview/previews.js";
import type { Debuggers } from "../http/script/debug-script.js";
import { MailCatcher } from "../runners/mail/mail-catcher.js";
import type { AgentOverrides } from "../runners/pool/worker-modes.js";
import { createStarter } from "../spawn/create-starter.js";
import { keepMemoryPrivate } from "../spawn/native/private-memory.js";
import type { Starter } from "../spawn/start.js";
import { ScriptVersions } from "../trace/script-versions.js";
import type { TraceLog } from "../trace/trace-log.js";
import { Assistants } from "./assistants.js";
import { DeletedTraces } from "./deleted-traces.js";
import { FolderSession } from "./folder-session.js";
import { logStateChanges } from "./log-state-changes.js";
import { OtherWriters } from "./other-writers.js";
import { PreviewedFolders } from "./previewed-folders.js";
import { ScriptDoctor } from "./script-doctor.js";
import { ScriptServer } from "./script-server.js";
import { Sender } from "./sender.js";
import { stateFeeds } from "./state.js";
import { StoredFolder, type Storing } from "./stored-folder.js";
import { wireTraces } from "./trace-events.js";
import { TraceList } from "./trace-list.js";
import { WindowMemory } from "./window-memory.js";

export interface WorkbenchOptions {
  /** How scripts are started; "auto": natively if the system allows it. */
  readonly start?: "auto" | "native" | "portable";
  /** False: traces are not kept, and their streams not captured. */
  readonly recording?: boolean;
  /** What agents are started with in place of the configuration. */
  readonly agentOverrides?: AgentOverrides | null;
  /** Whether the traces of the open folder are stored on disk. */
  readonly store?: Storing;
  /** Starts the process that sends the load of a benchmark. */
  readonly startLoad?: StartLoad;
}

export class Workbench {
  /** Notes that belong to no request. */
  readonly log = new Log();
  /** The composer's; cleared with the folder. */
  readonly cookies = new Cookies();
  /** It keeps the requests that wait for a person. */
  readonly holds = new Holds();
  /** Who wants to step through the scripts of requests. */
  readonly debuggers: Debuggers = new Set();
  /** What scripts and commands send with sendmail. */
  readonly mail = new MailCatcher();
  /** The scripts as they were when they ran. */
  readonly versions = new ScriptVersions();
  /** These are connected over MCP. */
  readonly assistants = new Assistants(() => this.generation);
  /** What windows in a browser remember. */
  readonly windowMemory = new WindowMemory();
  /** Makes an address that opens the window once, where a browser shows it. */
  windowLink: (() => string) | null = null;
  readonly startLoad: StartLoad;
  readonly starter: Starter;
  readonly traces: TraceLog;
  readonly doctor: Doctor;
  /** Recorded responses that a browser shows. */
  readonly previews: Previews;
  readonly server: ScriptServer;
  readonly folder: FolderSession;
  readonly sender: Sender;
  /** The traces of the open folder on disk. */
  readonly stores: StoredFolder;
  readonly deleted: DeletedTraces;
  /** What windows show of all traces. */
  readonly list: TraceList;
  /** What other processes do with them. */
  readonly otherWriters: OtherWriters;
  readonly scripts: ScriptDoctor;
  readonly holding: StateFeed<HoldState>;
  readonly states: StateFeed<WorkbenchState>;
  readonly counts: StateFeed<WorkbenchCounts>;
  readonly workers: StateFeed<WorkersState>;
  readonly #ending = new AbortController();
  readonly #beforeEnd: (() => Promise<void>)[] = [];

  static async create(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { start = "auto", recording = true, agentOverrides = null, store = "never", startLoad = forkLoad } = options;
    tuneHeap();
    await keepMemoryPrivate();
    const { starter, why } = await createStarter(start);
    return new Workbench(starter, why, { recording, agentOverrides, store, startLoad });
  }

  private constructor(
    starter: Starter,
    startWhy: string | null,
    { recording, agentOverrides, store, startLoad }: Required<Omit<WorkbenchOptions, "start">>,
  ) {
    const { log, cookies, holds, debuggers, versions, mail, assistants } = this;
    const overrides = new RequestOverrides();
    const { holding, states, counts, workers } = stateFeeds(() => this);
    holds.onChange = () => holding.changed();
    assistants.onRefusal = () => states.changed();
    const { traces, doctor } = wireTraces({
      recording,
      displayPath: (file) => folder.current?.relative(file) ?? null,
      rulesOff: () => folder.rulesOff,
      site: () => folder.current && siteOf(folder.current.root, folder.current.config),
      applications: () => server.applications,
      log,
      sink: () => stores.sink,
      nextSeq: () => stores.nextSeq(),
      opened: (id) => stores.opened(id),
      open: (id) => stores.open(id),
      onCounts: () => counts.changed(),
    });
    const stores = new StoredFolder(log, store, versions);
    const previewed = new PreviewedFolders(() => folder.current?.root ?? null, log);
    const previews = new Previews(traces, previewed, (id, most) => stores.behind(id, most));
    const server = new ScriptServer({
      starter,
      startWhy,
      traces,
      overrides,
      holds,
      debuggers,
      previews,
      mail,
      log,
      agentOverrides,
      onChange: () => {
        states.changed();
        counts.changed();
      },
      onWorkersChange: () => workers.changed(),
    });
    const folder = new FolderSession({
      server,
      traces,
      versions,
      cookies,
      holds,
      stores,
      log,
      onChange: () => {
        states.changed();
        counts.changed(); // with the budget for traces from the configuration
      },
    });
    this.stores = stores;
    this.list = new TraceList(traces, stores);
    this.deleted = new DeletedTraces(traces, this.list, stores);
    this.otherWriters = new OtherWriters(stores, traces);
    stores.beforeClose = () => this.deleted.finish();
    this.startLoad = startLoad;
    this.starter = starter;
    this.traces = traces;
    this.doctor = doctor;
    this.previews = previews;
    this.server = server;
    this.folder = folder;
    this.sender = new Sender({ server, traces, overrides, cookies });
    this.scripts = new ScriptDoctor({ starter, folder, traces, doctor });
    this.holding = holding;
    this.states = states;
    this.counts = counts;
    this.workers = workers;
    logStateChanges(this, this.#ending.signal);
  }

  /** New with each server process. */
  get generation(): string {
    return this.traces.generation;
  }

  /** The workbench's end waits for `work`, which ends what has workbenches of its own. */
  beforeEnd(work: () => Promise<void>): void {
    this.#beforeEnd.push(work);
  }

  /** Ends every script and closes everything; the object cannot be used afterwards. */
  async dispose(): Promise<void> {
    this.states.end(); // windows keep the folder that they show: another server may open it again
    // At once: each waits a grace period for what ignores TERM, and the supervisor waits only so long. The server comes
    // first: its requests are stopped before their scripts get the signal.
    const ending = [this.server.stop(), this.folder.close(), this.starter.dispose()];
    await Promise.all([...this.#beforeEnd.map((work) => work()), ...ending]);
    this.mail.close();
    this.#ending.abort();
    this.otherWriters.dispose();
    await this.doctor.dispose();
    await this.stores.close();
    this.traces.dispose();
  }
}
