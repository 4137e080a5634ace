// The active configuration, and what is derived from it: the routing, permitted link targets, inherited variables. A
// file with a mistake changes nothing until it is fixed. If none was valid before and it may protect files, nothing is
// served.
import { isDeepStrictEqual } from "node:util";
import { SerialQueue } from "../../base/serial-queue.js";
import type { AdoptedLine } from "../../contract/adopt-contract.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Config, configFileName, defaultConfig } from "../../contract/config.js";
import type { Sentence } from "../../contract/message.js";
import { toProblem } from "../../contract/problem.js";
import type { Problem } from "../../contract/workspace.js";
import { Containment } from "../../routing/containment.js";
import { interpretersOf } from "../../routing/handlers.js";
import { Routing } from "../../routing/routing.js";
import { withoutTrusted } from "../../routing/trusted-settings.js";
import type { ScriptVersions } from "../../trace/script-versions.js";
import type { Interpreters } from "../interpreters/interpreters.js";
import { type Environment, inheritedVariables } from "../interpreters/own-environment.js";
import type { FolderTrust } from "../trust/folder-trust.js";
import { problemsIn, readConfig } from "./config-file.js";
import { configMessage } from "./messages.js";
import { type NotPreloaded, preloadMistakes } from "./setting-mistakes.js";

interface ConfigurationDeps {
  /** The folder's. */
  readonly root: string;
  /** The source of PATH. */
  readonly environment: Environment;
  readonly interpreters: Interpreters;
  readonly versions: ScriptVersions;
  readonly trust: FolderTrust;
  /** The doctor's rules, which the file may switch off; null: unknown. */
  readonly ruleIds: ReadonlySet<string> | null;
  /** Another file than the folder's own, absolute. */
  readonly file: string | null;
  /** Joins the rules of the folder's `.htaccess` files to a configuration that is served like Apache. */
  readonly htaccess: JoinHtaccess | null;
}

export interface HtaccessRules {
  /** The folder's configuration with the rules of its `.htaccess` files. */
  readonly config: Config;
  /** What became of each line; its file is a path in the folder. */
  readonly lines: readonly AdoptedLine[];
}

/** `root`: of the folder, absolute, without links; `own`: its configuration. */
export type JoinHtaccess = (root: string, own: Config) => Promise<HtaccessRules>;

export class Configuration {
  readonly #deps: ConfigurationDeps;
  /**
   * What reads the file or changes the trust: one after the other, so that each
   * sees what the one before has made active.
   */
  readonly #turns = new SerialQueue();
  /** The last valid one, as it is in the file; null: the file has had a mistake from the start. */
  #own: Config | null = null;
  /** The same with the rules of `.htaccess` files, if it is served like Apache. */
  #written: Config | null = null;
  #htaccess: HtaccessRules | null = null;
  /** While none was valid: the current one with its routes that have mistakes closed; null: it has others. */
  #closed: Config | null = null;
  #config: Config = withoutTrusted(defaultConfig);
  #routing: Routing;
  #containment: Containment;
  #inherited: ReadonlyMap<ByteString, ByteString>;
  #problems: readonly Problem[] = [];
  /** Modules that agents could not preload, by the paths of their scripts. */
  readonly #notPreloaded = new Map<string, readonly NotPreloaded[]>();
  /** What was read last; null: nothing. Another file than the folder's own is read once. */
  #text: string | null = null;
  /** The file, which has a mistake, is another program's: the user has not seen what it asks for. */
  #isUnseen = false;
  /** The file, which has a mistake, may protect files. */
  #mayProtect = false;

  constructor(deps: ConfigurationDeps) {
    const { root, environment, interpreters, versions } = deps;
    this.#deps = deps;
    this.#routing = new Routing({ root, config: defaultConfig, interpreters, versions });
    this.#containment = new Containment(root, []);
    this.#inherited = inheritedVariables(defaultConfig.inherit, environment);
  }

  /** What is in force of the last valid one. */
  get config(): Config {
    return this.#config;
  }

  /** What the `.htaccess` files say; null: they have no effect. */
  get htaccess(): HtaccessRules | null {
    return this.#htaccess;
  }

  get routing(): Routing {
    return this.#routing;
  }

  get containment(): Containment {
    return this.#containment;
  }

  /** What scripts inherit from the workbench's environment. */
  get inherited(): ReadonlyMap<ByteString, ByteString> {
    return this.#inherited;
  }

  /** Why nothing is served: none was valid since the folder was opened, and the file may protect files. Else null. */
  get mistake(): Sentence | null {
    return this.#known === null && this.#mayProtect ? (this.#problems[0]?.message ?? null) : null;
  }

  get #known(): Config | null {
    return this.#written ?? this.#closed;
  }

  /** Of the current file. */
  get problems(): readonly Problem[] {
    const whole = { path: this.#deps.file ?? configFileName, line: null };
    const isClosed = this.#written === null && this.#closed !== null;
    const what = this.mistake !== null ? "nothing-served" : isClosed ? "routes-closed" : null;
    const closed = what === null ? [] : [toProblem(configMessage(what, whole))];
    return [...this.#problems, ...this.#preloadProblems(), ...closed, ...this.#deps.trust.problems];
  }

  /** All modules that the agent of a script could not preload. True: the problems are others. */
  notPreloaded(path: string, failed: readonly NotPreloaded[]): boolean {
    if (isDeepStrictEqual(this.#notPreloaded.get(path) ?? [], failed)) return false;
    this.#notPreloaded.set(path, failed);
    return true;
  }

  #preloadProblems(): readonly Problem[] {
    if (this.#notPreloaded.size === 0 || this.#problems.length > 0) return [];
    const mistakes = [...this.#notPreloaded].flatMap(([path, failed]) => preloadMistakes(this.#config, path, failed));
    return problemsIn(this.#text ?? "", mistakes, this.#deps.file);
  }

  /**
   * Reads the file. True: another configuration is active, or the trust is another one. `isOwnSave`: this window has
   * just saved it.
   */
  read(isOwnSave = false): Promise<boolean> {
    return this.#turns.run(async () => {
      const inForce = () => JSON.stringify([this.#deps.trust.isTrusted, this.#config]);
      const before = inForce();
      await this.#read(isOwnSave);
      return before !== inForce();
    });
  }

  /** Trusts the settings with this fingerprint. @throws ProblemError */
  grant(fingerprint: string): Promise<void> {
    return this.#turns.run(async () => {
      await this.#read(false); // the file may have changed, and no event has come yet
      await this.#deps.trust.grant(fingerprint);
      await this.#apply();
    });
  }

  /** Ends the trust in the folder. @throws ProblemError */
  revoke(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#deps.trust.revoke();
      await this.#apply();
    });
  }

  /** Resolves when nothing is being read or changed. */
  idle(): Promise<void> {
    return this.#turns.idle();
  }

  async #read(isOwnSave: boolean): Promise<void> {
    const { root, trust, ruleIds, file } = this.#deps;
    const known = file === null ? null : this.#text;
    const result = await readConfig({ root, ruleIds, file, known });
    const isFromOutside = !isOwnSave && result.text !== this.#text;
    this.#text = result.text ?? known;
    this.#problems = result.ok ? [] : result.problems;
    this.#mayProtect = !result.ok && (this.#mayProtect || result.mayProtect); // half a file may lack it
    const keepsTrust = isOwnSave && result.ok && this.#written !== null && !this.#isUnseen;
    this.#isUnseen = !result.ok && (this.#isUnseen || isFromOutside);
    if (result.ok) this.#own = result.config;
    else this.#closed = result.closed;
    const { htaccess } = this.#deps;
    this.#htaccess = this.#own?.serveLike === "apache" && htaccess ? await htaccess(root, this.#own) : null;
    this.#written = this.#htaccess?.config ?? this.#own;
    await trust.judge(this.#known ?? defaultConfig, keepsTrust);
    await this.#apply();
  }

  async #apply(): Promise<void> {
    const { root, environment, interpreters, versions, trust, file: configFile } = this.#deps;
    const config = trust.inForce();
    await interpreters.resolve(interpretersOf(config, root));
    this.#config = config;
    this.#containment = new Containment(root, config.links);
    this.#inherited = inheritedVariables(config.inherit, environment);
    const waits = !trust.isTrusted;
    const routed = waits ? (this.#known ?? defaultConfig) : config;
    this.#routing = new Routing({ root, config: routed, waits, interpreters, versions, configFile });
  }
}
