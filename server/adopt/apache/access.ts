// Who may send requests: Require and the sections around it, and Order, Allow and Deny of Apache 2.2. Decided for
// requests from this machine. A condition that cannot be decided refuses.
import { adoptMessage } from "../messages.js";
import { approximated, type Outcome } from "../report.js";
import type { Directive, Section } from "./read.js";

type Verdict = "granted" | "denied" | "sign-in";
interface Rule {
  /** The sections for groups around it, the outermost first. */
  readonly groups: readonly Section[];
  readonly verdict: Verdict | "neutral";
}

export const isRequireGroup = ({ key }: Section): boolean => /^require(?:any|all|none)$/.test(key);
const isLimit = ({ key }: Section): boolean => key === "limit";
const nothingOld = { isStrict: false, allow: false, deny: false };

/** The rules of one place. Those of an inner section replace those of the outer ones. */
export class Access {
  #owner: Section | null | undefined;
  #rules: Rule[] = [];
  #oldOwner: Section | null | undefined;
  #old = { ...nothingOld };
  #satisfiesAny = false;
  type = "";
  realm = "";
  passwords: string | null = null;

  require({ scope, words }: Directive): Outcome {
    const owner = ownerOf(scope);
    if (owner !== this.#owner) this.#rules = [];
    this.#owner = owner;
    const isNot = words[0]?.toLowerCase() === "not";
    const { verdict, outcome } = decided(isNot ? words.slice(1) : words);
    const negated = verdict === "granted" ? "denied" : "neutral";
    this.#rules.push({ groups: scope.filter(isRequireGroup), verdict: isNot ? negated : verdict });
    return outcome ?? limited(scope);
  }

  /** Order, Allow, Deny and Satisfy. */
  old({ key, words, scope }: Directive): Outcome {
    const owner = ownerOf(scope);
    if (owner !== this.#oldOwner) this.#old = { ...nothingOld };
    this.#oldOwner = owner;
    const given = words.join(" ").toLowerCase();
    if (key === "satisfy") this.#satisfiesAny = given === "any";
    else if (key === "order") this.#old.isStrict = /^allow\s*,|^mutual-failure$/.test(given);
    else {
      const hosts = words.slice(1);
      const isMatch = hosts.some(isThisMachine);
      const isByVariable = hosts.some((word) => /^env=/i.test(word));
      if (key === "allow" && isMatch) this.#old.allow = true;
      if (key === "deny" && (isMatch || isByVariable)) this.#old.deny = true;
      if (isByVariable) return approximated(adoptMessage("condition-refused"));
      if (!hosts.every((word) => /^(?:all|none)$/i.test(word) || isLoopback(word)))
        return approximated(adoptMessage("by-address"));
    }
    return limited(scope);
  }

  get verdict(): Verdict {
    const decision = this.#rules.length === 0 ? "granted" : verdictOf("requireany", this.#rules);
    const now = decision === "neutral" ? "denied" : decision;
    const { isStrict, allow, deny } = this.#old;
    const isGranted = this.#oldOwner === undefined || (isStrict ? allow && !deny : allow || !deny);
    if (this.#satisfiesAny && this.#rules.length > 0 && this.#oldOwner !== undefined)
      return isGranted ? "granted" : now;
    return isGranted ? now : "denied";
  }
}

const ownerOf = (scope: readonly Section[]): Section | null =>
  scope.findLast((section) => !isRequireGroup(section) && !isLimit(section)) ?? null;
const limited = (scope: readonly Section[]): Outcome =>
  scope.some(isLimit) ? approximated(adoptMessage("methods-not-told-apart")) : null;

/** What the group of that kind says; its own rules lie within so many others. */
function verdictOf(kind: string, rules: readonly Rule[], depth = 0): Verdict | "neutral" {
  const inner = new Set(rules.flatMap(({ groups }) => groups[depth] ?? []));
  const all = [...inner].map((group) =>
    verdictOf(
      group.key,
      rules.filter(({ groups }) => groups[depth] === group),
      depth + 1,
    ),
  );
  all.push(...rules.filter(({ groups }) => groups.length === depth).map(({ verdict }) => verdict));
  const first = (...verdicts: Verdict[]) => verdicts.find((one) => all.includes(one)) ?? "neutral";
  if (kind === "requirenone") return first("granted", "sign-in") === "neutral" ? "neutral" : "denied";
  return kind === "requireall" ? first("denied", "sign-in", "granted") : first("granted", "sign-in", "denied");
}

function decided(words: readonly string[]): { verdict: Verdict; outcome: Outcome } {
  const [kind = "", ...rest] = words.map((word) => word.toLowerCase());
  if (kind === "all") return { verdict: rest[0] === "granted" ? "granted" : "denied", outcome: null };
  if (kind === "local") return { verdict: "granted", outcome: null };
  if (kind === "valid-user") return { verdict: "sign-in", outcome: null };
  if (kind === "user") return { verdict: "sign-in", outcome: approximated(adoptMessage("any-user")) };
  if (kind === "ip" || kind === "host" || kind === "forward-dns") {
    const outcome = rest.every(isLoopback) ? null : approximated(adoptMessage("by-address"));
    return { verdict: rest.some(isThisMachine) ? "granted" : "denied", outcome };
  }
  return { verdict: "denied", outcome: approximated(adoptMessage("condition-refused")) };
}

const isLoopback = (word: string): boolean =>
  /^(?:127(?:\.0(?:\.0(?:\.1)?)?)?\.?|127\.0\.0\.[01]\/.+|::1|localhost)$/i.test(word);
const isThisMachine = (word: string): boolean =>
  isLoopback(word) || /^(?:all|0\.0\.0\.0\/0(?:\.0\.0\.0)?|::\/0)$/i.test(word);
