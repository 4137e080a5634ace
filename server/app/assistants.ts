// Assistants that are connected over MCP: who they are, what they asked, and whether the user refuses them.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { commandLine } from "../base/built-files.js";
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { StateFeed } from "../base/state-feed.js";
import { terminalText } from "../base/terminal-text.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";
import type { AssistantsState } from "../contract/assistants-contract.js";
import { appMessage } from "./messages.js";

/** Calls that are remembered, and characters of what each asked for. */
const maxAsked = 50;
const maxShown = 200;

/** The file that is there while the user refuses assistants: every process of this user looks for it at each call. */
const refusalFile = (): string => join(userDataPath(), "no-assistants");

export class Assistants {
  readonly states: StateFeed<AssistantsState>;
  /** Called when the user refuses assistants, or allows them again. */
  onRefusal: () => void = () => {};
  readonly #connected = new Set<{ client: string | null }>();
  #asked: AssistantsState["asked"] = [];

  constructor(generation: () => string) {
    this.states = new StateFeed((rev) => ({
      rev,
      generation: generation(),
      command: [...commandLine()],
      isRefused: this.isRefused,
      connected: [...this.#connected].map(({ client }) => client),
      asked: this.#asked,
    }));
  }

  get isRefused(): boolean {
    return existsSync(refusalFile());
  }

  /** @throws ProblemError if that cannot be remembered */
  async refuse(isRefused: boolean): Promise<void> {
    const path = refusalFile();
    try {
      await (isRefused ? replacePrivateFile(path, "") : rm(path, { force: true }));
    } catch (error) {
      throw new ProblemError(appMessage("refusal-not-kept", { path, systemText: errorText(error) }), { cause: error });
    }
    this.states.changed();
    this.onRefusal();
  }

  /** @returns what it calls for each tool that it called, and each resource that it read */
  join(left: AbortSignal) {
    const one: { client: string | null } = { client: null };
    this.#connected.add(one);
    this.states.changed();
    left.addEventListener("abort", () => this.#connected.delete(one) && this.states.changed());
    /** `code`: of why that failed; null: it did not. */
    return (client: string | null, what: string, code: string | null): void => {
      one.client = client && shown(client);
      const nth = (this.#asked[0]?.nth ?? 0) + 1;
      const asked = { nth, at: Date.now(), client: one.client, what: shown(what), code };
      this.#asked = [asked, ...this.#asked].slice(0, maxAsked);
      this.states.changed();
    };
  }
}

/** A client may call itself anything. */
const shown = (text: string): string => terminalText(text).replace(/\s+/g, " ").slice(0, maxShown);
