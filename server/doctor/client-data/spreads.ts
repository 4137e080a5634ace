// Names that the client sends become variables of the script: PHP's `extract`, `$$name = …`, a shell's `declare`.
import { mayClean } from "./cleaning.js";
import { argumentsOf } from "./parts.js";
import type { Statement, Use } from "./statements.js";
import { isSent, requestUse, type Script, standsFirst, usesIn } from "./uses.js";

const maxSpreads = 20;
/** What stands before each name: of `extract`'s variables, or of `${"in_$name"}`. */
const prefixOf = /EXTR_PREFIX_ALL\s*,\s*["'](\w+)["']|^["']\w+["'],\s*["'](\w+)["']|^["'](\w+)\$/;
/** Names that no request makes a variable. */
const isReserved = /^(?:_.*|this|\d+)$/;

export class Spreads {
  readonly #script: Script;
  /** Variables that are named by the client. */
  readonly #named = new Set<string>();
  /** A file was included since. */
  #hasIncluded = false;
  #allNames: ReadonlySet<string> | null = null;
  #count = 0;

  constructor(script: Script) {
    this.#script = script;
  }

  follow(statement: Statement): void {
    const { language, grammar, values } = this.#script;
    const { code, raw, quoted } = statement;
    for (const spread of grammar.spreads ?? [])
      for (const match of code.matchAll(spread.call)) {
        const range = argumentsOf(code, match.index + match[0].length, spread);
        if (range === null || quoted[match.index] === 1 || this.#count++ > maxSpreads) continue;
        const [from, to] = range;
        const ofCgi = language === "php" ? /^\s*\$(?:_SERVER|_ENV|(\w+))\s*$/.exec(code.slice(from, to)) : null;
        const isOfCgi =
          ofCgi !== null && (ofCgi[1] === undefined || values.tainted.get(ofCgi[1])?.holds === "variables");
        const use = isOfCgi ? requestUse(from, to, "") : usesIn(this.#script, statement, match.index, to)[0];
        if (use === undefined || mayClean(raw.slice(from, to), code.slice(from, to), false)) continue;
        const isNamed = !code.slice(from, use.from).includes("=");
        if (!isNamed && language !== "php") continue;
        const options = raw.slice(from);
        const [, all, other, before] = prefixOf.exec(options) ?? [];
        const inShell = language === "shell" ? /\w*$/.exec(raw.slice(0, from))?.[0] : undefined;
        const prefix = inShell ?? (all === undefined ? (other ?? before ?? "") : `${all}_`);
        const takesGiven = isNamed && !/EXTR_(?:SKIP|PREFIX_SAME)/.test(options);
        const takesNew = !/EXTR_(?:PREFIX_)?IF_EXISTS/.test(options);
        for (const name of this.#names()) {
          if (!name.startsWith(prefix) || isReserved.test(name)) continue;
          if (values.given.has(name) ? !takesGiven : !takesNew) continue;
          const field = name.slice(prefix.length);
          const ofName = requestUse(from, to, field);
          if (isOfCgi && (!isSent.test(field) || values.isTested(ofName.id))) continue;
          this.#named.add(name);
          values.set(name, isOfCgi ? ofName : { ...use, source: { ...use.source, field, isWhole: true } });
        }
      }
    if (this.#named.size > 0 && /\b(?:include|require)(?:_once)?\b/.test(code)) this.#hasIncluded = true;
  }

  /** `include "$base/header.php"`, where a file that was included may have set the folder. */
  mayBeSetElsewhere({ raw }: Statement, { name, from, to }: Use): boolean {
    return (
      this.#hasIncluded &&
      this.#named.has(name ?? "") &&
      standsFirst.test(raw.slice(0, from)) &&
      /^[}"'\s.]*\//.test(raw.slice(to))
    );
  }

  #names(): ReadonlySet<string> {
    const { statements, grammar } = this.#script;
    this.#allNames ??= new Set(
      statements.flatMap(({ code }) => Array.from(code.matchAll(grammar.variable), ([, name = ""]) => name)),
    );
    return this.#allNames;
  }
}
