// The active configuration, and what is derived from it: the routing, permitted link targets, inherited variables. A
// file with a mistake changes nothing until it is fixed.

import type { ByteString } from "../../contract/bytes-text.js";
import { type Config, defaultConfig } from "../../contract/config.js";
import type { Problem } from "../../contract/workspace.js";
import { Containment } from "../../routing/containment.js";
import { interpretersOf } from "../../routing/handlers.js";
import { Routing } from "../../routing/routing.js";
import type { ScriptVersions } from "../../trace/script-versions.js";
import type { Interpreters } from "../interpreters/interpreters.js";
import { type Environment, inheritedVariables } from "../interpreters/own-environment.js";
import { readConfig } from "./config-file.js";

export interface ConfigurationDeps {
  /** The folder's. */
  readonly root: string;
  /** The source of PATH. */
  readonly environment: Environment;
  readonly interpreters: Interpreters;
  readonly versions: ScriptVersions;
  /** The doctor's rules, which the file may switch off; null: unknown. */
  readonly ruleIds: ReadonlySet<string> | null;
}

export class Configuration {
  readonly #deps: ConfigurationDeps;
  #config: Config = defaultConfig;
  #routing: Routing;
  #containment: Containment;
  #inherited: ReadonlyMap<ByteString, ByteString>;
  #problems: readonly Problem[] = [];

  constructor(deps: ConfigurationDeps) {
    const { root, environment, interpreters, versions } = deps;
    this.#deps = deps;
    this.#routing = new Routing({ root, config: defaultConfig, interpreters, versions });
    this.#containment = new Containment(root, []);
    this.#inherited = inheritedVariables(defaultConfig.inherit, environment);
  }

  /** The last valid one. */
  get config(): Config {
    return this.#config;
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

  /** Of the current file. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /**
   * Reads the file. `isOther`: another configuration is active; `isNews`: that, or other problems. One call at a time.
   */
  async read(): Promise<{ isOther: boolean; isNews: boolean }> {
    const [config, problems] = [this.#config, this.#problems];
    await this.#read();
    const isOther = JSON.stringify(config) !== JSON.stringify(this.#config);
    return { isOther, isNews: isOther || JSON.stringify(problems) !== JSON.stringify(this.#problems) };
  }

  async #read(): Promise<void> {
    const { root, environment, interpreters, versions, ruleIds } = this.#deps;
    const result = await readConfig({ root, ruleIds });
    this.#problems = result.ok ? [] : result.problems;
    if (!result.ok) {
      if (this.#config === defaultConfig) await interpreters.resolve(interpretersOf(defaultConfig, root));
      return;
    }
    const { config } = result;
    await interpreters.resolve(interpretersOf(config, root));
    this.#config = config;
    this.#containment = new Containment(root, config.links);
    this.#inherited = inheritedVariables(config.inherit, environment);
    this.#routing = new Routing({ root, config, interpreters, versions });
  }
}
