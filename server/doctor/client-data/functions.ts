// The script's own functions: what their callers give them, what comes back, and what they test. A script is read until
// nothing new is learned of them.
import { trustsName } from "./cleaning.js";
import { functionsIn, namesParameters } from "./definitions.js";
import type { OwnFunction } from "./own-function.js";
import { choosesAt, closing, commasIn, rangesIn, takenOf } from "./parts.js";
import { wordsFrom } from "./shell.js";
import { placesOf, type Statement, type Use } from "./statements.js";
import { type Script, usesIn } from "./uses.js";
import type { Tainted } from "./values.js";

const givesBack = /\b(?:return|yield)\b/;
const givesBackInNode = /\b(?:return|yield|resolve)\b|=>(?!\s*\{)/;
const printsInShell = /^\s*(?:(?:function\s+)?\w+\s*(?:\(\)\s*)?\{\s*)?(?:echo|printf)\b(?!.*(?<![0-9])>\s*(?!&1))|<<</;

/** At most so many calls of a statement are followed. */
const maxCalls = 50;

export class Functions {
  readonly #script: Script;
  /** The functions that each statement names. */
  readonly #calls: readonly (readonly OwnFunction[])[];
  readonly #of = new Map<number, OwnFunction>();
  #entered: [OwnFunction, ReadonlyMap<string, Tainted>][] = [];
  /** What variables hold at the end of the script: functions above see it in the next reading. */
  #later: ReadonlyMap<string, Tainted> = new Map();
  #hasLearned = false;

  constructor(script: Script) {
    this.#script = script;
    const named = new Map<string, OwnFunction[]>();
    for (const own of functionsIn(script)) {
      const word = own.name.replace(/\..*/, "");
      named.set(word, [...(named.get(word) ?? []), own]);
      for (let at = own.first; at <= own.last; at++) this.#of.set(at, own);
    }
    this.#calls = script.statements.map(({ raw }) =>
      [...new Set(raw.match(/\w+[?!]?/g))].flatMap(
        (word) => named.get(word) ?? named.get(word.replace(/[?!]$/, "")) ?? [],
      ),
    );
  }

  /** Ends a reading. Whether the script is to be read again: something was learned in it. */
  endReading(): boolean {
    this.#leave(Number.POSITIVE_INFINITY);
    this.#later = new Map(this.#script.values.tainted);
    const hasLearned = this.#hasLearned;
    this.#hasLearned = false;
    return hasLearned;
  }

  /**
   * The statement with the script's own functions that it names. In its code, the name of a function that tests nothing
   * becomes `z`s, so that it is not taken for a test, and that of one that gives back client data becomes `_`s, which
   * `mayClean` leaves out.
   */
  withCalls(statement: Statement, index: number): Statement {
    const { language } = this.#script;
    const calls = this.#calls[index] ?? [];
    if (language === "shell" || language === "tcl") return { ...statement, calls };
    const code = calls.reduce((rest, own) => {
      const sign = own.givesBackGiven || own.givesBackRead ? "_" : "z";
      const isKnown = trustsName(own.name) || (sign === "z" && own.tested.size > 0);
      return isKnown ? rest : rest.replace(own.call, (all) => all.replace(/\w/g, sign));
    }, statement.code);
    return { ...statement, code, calls };
  }

  /** A function's parameters are new variables. False: none begins at this statement. */
  enter(index: number): boolean {
    const { language, values } = this.#script;
    this.#leave(index);
    const own = this.#of.get(index);
    if (own === undefined || this.#entered.at(-1)?.[0] === own) return false;
    this.#entered.push([own, new Map(values.tainted)]);
    if (language === "c") values.tainted.clear();
    for (const [name, tainted] of this.#later) if (!values.given.has(name)) values.tainted.set(name, tainted);
    for (const name of own.parameters) {
      values.tainted.delete(name);
      values.cleared.delete(name);
    }
    if (language !== "perl") for (const name of own.given.keys()) this.#give(own, name);
    return true;
  }

  /** What a statement says of the functions that it calls, and of the one that it is in. */
  follow(statement: Statement, index: number): void {
    const { language } = this.#script;
    const inside = this.#of.get(index);
    let calls = 0;
    for (const own of statement.calls) {
      if (own.first === index) continue;
      for (const [at, { 0: all }] of placesOf(own.call, statement))
        if (calls++ < maxCalls) this.#call(own, statement, at + all.length);
    }
    if (inside === undefined) return;
    const names = language === "perl" ? (namesParameters.exec(statement.code)?.[1]?.match(/\w+/g) ?? []) : [];
    for (const name of names) if (inside.given.has(name)) this.#give(inside, name);
    const back = (language === "node" ? givesBackInNode : givesBack).exec(statement.code);
    const isLast = inside.last === index && /^(?:perl|ruby)$/.test(language);
    const isBack = language === "shell" ? this.#prints(statement) : back !== null || isLast;
    if (isBack) this.#giveBack(inside, statement, back ? back.index + back[0].length : 0);
  }

  #give(own: OwnFunction, name: string): void {
    const { source, holds } = own.given.get(name) ?? {};
    const use = source && { from: 0, to: 0, source, name: null, id: `given ${name}`, isPart: false };
    if (use) this.#script.values.set(name, use, false, holds);
  }

  #leave(index: number): void {
    const { language, values } = this.#script;
    for (let top = this.#entered.at(-1); top && top[0].last < index; top = this.#entered.at(-1)) {
      const [own, before] = top;
      this.#entered.pop();
      for (const name of own.parameters) {
        const now = values.tainted.get(name);
        const isTested = values.cleared.has(name) || own.references.has(name);
        if (own.given.has(name) && !now && isTested) this.#learn(own.tested, name);
        if (language === "c" && now && !own.given.has(name) && !own.filled.has(name)) {
          own.filled.set(name, now.source);
          this.#hasLearned = true;
        }
        const old = before.get(name);
        if (old) values.tainted.set(name, old);
        else values.tainted.delete(name);
      }
    }
  }

  #learn(known: Set<string>, name: string): void {
    if (!known.has(name)) this.#hasLearned = true;
    known.add(name);
  }

  #call(own: OwnFunction, statement: Statement, at: number): void {
    const { values } = this.#script;
    const { raw, code } = statement;
    for (const [index, [from, to]] of this.#argumentsAt(statement, at).entries()) {
      const name = own.parameters[index];
      if (name === undefined) break;
      const variable = /^\s*[&\\]?[$@%]?(\w+)\s*$/.exec(code.slice(from, to))?.[1] ?? "";
      const whole = values.tainted.get(variable);
      const use = whole && whole.holds !== "value" ? whole : this.#takenIn(statement, from, to);
      if (use && !own.given.has(name)) {
        own.given.set(name, { source: { ...use.source, isGiven: true }, holds: whole?.holds ?? "value" });
        this.#hasLearned = true;
      }
      if (own.tested.has(name)) for (const one of usesIn(this.#script, statement, from, to)) values.clear(one);
      const source = own.filled.get(name);
      if (source && variable !== "") {
        const filling = source.isGiven ? this.#takenIn(statement, at, raw.length) : null;
        if (filling || !source.isGiven)
          values.set(variable, filling ?? { from, to, source, name: null, id: `filled ${variable}`, isPart: true });
      }
    }
  }

  #takenIn(statement: Statement, from: number, to: number): Use | undefined {
    const uses = usesIn(this.#script, statement, from, to).filter((use) => !choosesAt(statement.code, use.to, to));
    return takenOf(uses, statement, from, to);
  }

  #argumentsAt(statement: Statement, at: number): [number, number][] {
    const { language } = this.#script;
    if (language === "shell" || language === "tcl") return [...wordsFrom(statement, at)];
    const { code } = statement;
    const from = code[at] === "(" ? at + 1 : at;
    const to = code[at] === "(" ? closing(code, at) : code.length;
    return rangesIn(from, [...commasIn(code, from, to), to]);
  }

  #prints({ raw, code, calls }: Statement): boolean {
    const [first = ""] = raw.trim().split(/\s/, 1);
    return printsInShell.test(code) || calls.some(({ name, givesBackGiven }) => givesBackGiven && name === first);
  }

  #giveBack(own: OwnFunction, statement: Statement, from: number): void {
    const use = this.#takenIn(statement, from, statement.raw.length);
    if (!use || trustsName(own.name)) return;
    if (use.source.isGiven ? own.givesBackGiven : own.givesBackRead) return;
    if (use.source.isGiven) own.givesBackGiven = true;
    else own.givesBackRead = { ...use.source, isWhole: false };
    this.#hasLearned = true;
  }
}
