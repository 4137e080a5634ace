// What is known of a script's variables where a statement begins: which hold the client's data, what it was made of,
// and what was tested.
import type { Holds, Source } from "./own-function.js";
import type { Use } from "./statements.js";

export interface Tainted {
  readonly source: Source;
  /** What it was made of. */
  readonly parent: string | null;
  /** It is a part of that: a test of it says nothing about the whole. */
  readonly isPart: boolean;
  /** What of it is the client's. */
  readonly holds: Holds;
}
const maxTainted = 200;
/** A value that is set so many statements behind a question for it is its default. */
const defaultWithin = 2;

const firstWord = (id: string): string => id.slice(0, id.indexOf(" "));

export class Values {
  readonly tainted = new Map<string, Tainted>();
  /** Ids of uses that were tested, by their first word: a variable, or `request`. */
  readonly #tested = new Map<string, Set<string>>();
  /** In which statement a variable was last asked for being there. */
  readonly #asked = new Map<string, number>();
  /** Variables that have a value of the script's, or had one. */
  readonly given = new Set<string>();
  /** Variables that a test made harmless since their function began. */
  readonly cleared = new Set<string>();
  /** A shell reads a file in place of its own standard input from here on. */
  readsFile = false;
  /** Which statement it is. */
  now = 0;

  set(name: string, use: Use, isPart = false, holds: Tainted["holds"] = "value"): void {
    this.given.add(name);
    if (this.tainted.size >= maxTainted && !this.tainted.has(name)) return;
    this.#tested.delete(name);
    const parent = use.id === name ? null : use.id;
    const source = isPart ? { ...use.source, isWhole: false } : use.source;
    this.tainted.set(name, { source, parent, isPart, holds });
  }

  /** The variable has a harmless value, which may be the one that it has where it was empty. */
  unset(name: string, isConstant: boolean): void {
    this.given.add(name);
    const asked = this.#asked.get(name);
    if (isConstant && asked !== undefined && this.now - asked <= defaultWithin) return;
    this.tainted.delete(name);
  }

  ask({ name }: Use): void {
    if (name !== null) this.#asked.set(name, this.now);
  }

  isTested = (id: string): boolean => this.#tested.get(firstWord(id))?.has(id) === true;
  addTested(id: string): void {
    const ids = this.#tested.get(firstWord(id)) ?? new Set();
    this.#tested.set(firstWord(id), ids.add(id));
  }

  /** The use was tested: it, what it was made of, and what was made of it are harmless from here on. */
  clear({ name, id, isPart }: Use): void {
    const isVariable = name !== null && !isPart;
    const waiting = [isVariable ? name : id];
    if (!isVariable) this.addTested(id);
    const seen = new Set<string>();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const tainted = this.tainted.get(next);
      if (this.tainted.delete(next)) this.cleared.add(next);
      if (tainted?.parent != null && !tainted.isPart) {
        waiting.push(tainted.parent);
        if (tainted.parent.includes(" ")) this.addTested(tainted.parent);
      }
      for (const [other, { parent }] of this.tainted) if (parent === next) waiting.push(other);
    }
  }
}
