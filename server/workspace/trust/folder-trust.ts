// The trust in one open folder, and what of its configuration is in force with it.
import { ProblemError } from "../../base/problem.js";
import { type Config, defaultConfig } from "../../contract/config.js";
import { toProblem } from "../../contract/problem.js";
import type { TrustedSetting, TrustReport } from "../../contract/trust-contract.js";
import type { Problem } from "../../contract/workspace.js";
import { isLoopback } from "../../protocol/server-name.js";
import {
  fingerprintOf,
  onLoopback,
  type TrustState,
  trustedSettings,
  trustOf,
  withoutTrusted,
} from "../../routing/trusted-settings.js";
import { trustMessage } from "./messages.js";
import { TrustedFolders } from "./trusted-folders.js";

/** A command whose purpose is to run scripts: it trusts the folder for this run alone. */
export interface RunTrust {
  /** The address to listen on, which may be any; null: the configured one, if it is this machine's. */
  readonly host: string | null;
}

export interface TrustOptions {
  /** Null: what the user trusted before decides. */
  readonly run?: RunTrust | null;
  readonly folders?: TrustedFolders;
}

export class FolderTrust {
  readonly #root: string;
  readonly #run: RunTrust | null;
  readonly #folders: TrustedFolders;
  #written: Config = defaultConfig;
  #state: TrustState = "new";
  #isRecorded = false;
  #problem: Problem | null = null;

  constructor(root: string, { run = null, folders = new TrustedFolders() }: TrustOptions = {}) {
    this.#root = root;
    this.#run = run;
    this.#folders = folders;
  }

  get isTrusted(): boolean {
    return this.#state === "trusted";
  }

  /** The user trusted these settings, not only a command for its run. */
  get isRecorded(): boolean {
    return this.#isRecorded;
  }

  get facts(): TrustReport {
    const wants = trustedSettings(this.#written);
    return { state: this.#state, wants: [...wants], fingerprint: fingerprintOf(wants) };
  }

  get problems(): readonly Problem[] {
    const { host } = this.#written.server;
    const hostWaits =
      this.#run !== null && !this.#isRecorded && this.#run.host === null && !isLoopback(host)
        ? [toProblem(trustMessage("host-waits", { host }))]
        : [];
    return [...(this.#problem === null ? [] : [this.#problem]), ...hostWaits];
  }

  /** What is in force of the configuration. Another object whenever the trust is another one. */
  inForce(): Config {
    const host = this.#run?.host ?? null;
    const written = this.#written;
    if (!this.isTrusted) return withoutTrusted(written);
    if (host !== null) return { ...written, server: { ...written.server, host } };
    return this.#isRecorded ? written : onLoopback(written);
  }

  /**
   * Judges a configuration. `isOwnSave`: this window has just saved it, and what was trusted before stays trusted.
   * Never rejects: without its record a folder is not trusted.
   */
  async judge(written: Config, isOwnSave: boolean): Promise<void> {
    const { state, problem } = await this.#judged(trustedSettings(written), isOwnSave);
    this.#written = written;
    this.#isRecorded = state === "trusted";
    this.#state = this.#run === null ? state : "trusted";
    this.#problem = problem;
  }

  async #judged(
    settings: readonly TrustedSetting[],
    isOwnSave: boolean,
  ): Promise<{ readonly state: TrustState; readonly problem: Problem | null }> {
    try {
      const record = await this.#folders.recordOf(this.#root);
      if (record === "below") return { state: "trusted", problem: null };
      const recorded = record?.fingerprint ?? null;
      // The record counts, not what this window knows: another process may have ended the trust.
      const renews = isOwnSave && trustOf(trustedSettings(this.#written), recorded) === "trusted";
      if (!renews) return { state: trustOf(settings, recorded), problem: null };
      await this.#folders.grant(this.#root, fingerprintOf(settings));
      return { state: "trusted", problem: null };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { state: "new", problem: error.problem };
    }
  }

  /** Trusts the settings that the user saw. @throws ProblemError if they are others now, or cannot be remembered */
  async grant(fingerprint: string): Promise<void> {
    const now = fingerprintOf(trustedSettings(this.#written));
    if (now !== fingerprint) throw new ProblemError(trustMessage("trust-changed"));
    await this.#folders.grant(this.#root, fingerprint);
    await this.judge(this.#written, false);
  }

  /** Forgets that the user trusted the folder. @throws ProblemError if it stays trusted all the same */
  async revoke(): Promise<void> {
    await this.#folders.revoke(this.#root);
    await this.judge(this.#written, false);
    if (this.#run !== null) throw new ProblemError(trustMessage("trust-of-run"));
  }
}
