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

type Asked = AssistantsState["asked"][number];

/** Calls that are remembered, and characters of what each asked for. */
const maxAsked = 50;
const maxAbout = 200;

/** The file that is there while the user refuses assistants: every process of this user looks for it at each call. */
const refusalFile = (): string => join(userDataPath(), "no-assistants");

export interface ConnectedAssistant {
  /** It called a tool, or read a resource. `code`: of why that failed; null: it did not. */
  asked(client: string | null, tool: string, about: string, code: string | null): void;
  leave(): void;
}

export class Assistants {
  readonly states: StateFeed<AssistantsState>;
  readonly #connected = new Map<number, { client: string | null; readonly since: number }>();
  #asked: Asked[] = [];
  #nth = 0;

  constructor(generation: () => string) {
    this.states = new StateFeed((rev) => ({
      rev,
      generation: generation(),
      command: [...commandLine()],
      isRefused: this.isRefused,
      connected: [...this.#connected].map(([id, one]) => ({ id, ...one })),
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
      if (isRefused) await replacePrivateFile(path, "");
      else await rm(path, { force: true });
    } catch (error) {
      throw new ProblemError(appMessage("refusal-not-kept", { path, systemText: errorText(error) }), { cause: error });
    }
    this.states.changed();
  }

  join(): ConnectedAssistant {
    const id = ++this.#nth;
    const one: { client: string | null; readonly since: number } = { client: null, since: Date.now() };
    this.#connected.set(id, one);
    this.states.changed();
    return {
      asked: (client, tool, about, code) => {
        one.client = client && shown(client);
        const asked = { client: one.client, tool: shown(tool), about: shown(about), code };
        this.#asked = [{ nth: ++this.#nth, at: Date.now(), ...asked }, ...this.#asked].slice(0, maxAsked);
        this.states.changed();
      },
      leave: () => {
        this.#connected.delete(id);
        this.states.changed();
      },
    };
  }
}

/** A client may call itself anything. */
const shown = (text: string): string => terminalText(text).replace(/\s+/g, " ").slice(0, maxAbout);
