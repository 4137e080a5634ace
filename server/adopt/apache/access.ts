// Who may send requests: Require and the sections around it, and Order, Allow and Deny of Apache 2.2. Decided for
// requests from this machine. A condition that cannot be decided refuses.
import type { Message } from "../../contract/message.js";
import { adoptMessage } from "../messages.js";
import type { Directive, Section } from "./read.js";

export type Verdict = "granted" | "denied" | "sign-in";
interface Group {
  readonly kind: string;
  readonly members: Member[];
}
type Member = Verdict | "neutral" | Group;

export const isRequireGroup = ({ key }: Section): boolean => /^require(?:any|all|none)$/.test(key);
const isLimit = ({ key }: Section): boolean => key === "limit";

/** The rules of one place. Those of an inner section replace those of the outer ones. */
export class Access {
  #owner: Section | null | undefined;
  #groups = new Map<Section | null, Group>();
  #oldOwner: Section | null | undefined;
  #old = { isAllowFirst: false, allow: false, deny: false, isMutual: false };
  #satisfiesAny = false;
  type = "";
  realm = "";
  passwords: string | null = null;

  /** What differs; null: nothing. */
  require(directive: Directive): Message | null {
    const { scope, words } = directive;
    const owner = ownerOf(scope);
    if (owner !== this.#owner) this.#groups = new Map();
    this.#owner = owner;
    let group = this.#group(null, "requireany", null);
    for (const section of scope.filter(isRequireGroup)) group = this.#group(section, section.key, group);
    const isNot = words[0]?.toLowerCase() === "not";
    const { verdict, message } = decided(isNot ? words.slice(1) : words);
    group.members.push(isNot ? (verdict === "granted" ? "denied" : "neutral") : verdict);
    const isMethodBound = scope.some(isLimit);
    return message ?? (isMethodBound ? adoptMessage("methods-not-told-apart") : null);
  }

  #group(section: Section | null, kind: string, parent: Group | null): Group {
    const known = this.#groups.get(section);
    if (known) return known;
    const made: Group = { kind, members: [] };
    this.#groups.set(section, made);
    parent?.members.push(made);
    return made;
  }

  /** Order, Allow, Deny and Satisfy. */
  old({ key, words, scope }: Directive): Message | null {
    const owner = ownerOf(scope);
    if (owner !== this.#oldOwner) this.#old = { isAllowFirst: false, allow: false, deny: false, isMutual: false };
    this.#oldOwner = owner;
    const given = words.join(" ").toLowerCase();
    if (key === "satisfy") this.#satisfiesAny = given === "any";
    else if (key === "order") {
      this.#old.isAllowFirst = /^allow\s*,/.test(given);
      this.#old.isMutual = given === "mutual-failure";
    } else {
      const hosts = words.slice(1);
      const isMatch = hosts.some((word) => isThisMachine(word));
      if (key === "allow" && isMatch) this.#old.allow = true;
      if (key === "deny" && (isMatch || hosts.some((word) => /^env=/i.test(word)))) this.#old.deny = true;
      if (hosts.some((word) => /^env=/i.test(word))) return adoptMessage("condition-refused");
      if (!hosts.every((word) => /^(?:all|none)$/i.test(word) || isLoopback(word))) return adoptMessage("by-address");
    }
    return scope.some(isLimit) ? adoptMessage("methods-not-told-apart") : null;
  }

  get verdict(): Verdict {
    const root = this.#groups.get(null);
    const decision = root === undefined ? "granted" : verdictOf(root);
    const now = decision === "neutral" ? "denied" : decision;
    const before = this.#oldVerdict;
    if (this.#satisfiesAny && root !== undefined && this.#oldOwner !== undefined)
      return now === "granted" || before === "granted" ? "granted" : now;
    return before === "denied" ? "denied" : now;
  }

  get #oldVerdict(): Verdict {
    const { isAllowFirst, allow, deny, isMutual } = this.#old;
    if (this.#oldOwner === undefined) return "granted";
    const isGranted = isMutual ? allow && !deny : isAllowFirst ? allow && !deny : allow || !deny;
    return isGranted ? "granted" : "denied";
  }
}

const ownerOf = (scope: readonly Section[]): Section | null =>
  scope.findLast((section) => !isRequireGroup(section) && !isLimit(section)) ?? null;

function verdictOf({ kind, members }: Group): Verdict | "neutral" {
  const all = members.map((member) => (typeof member === "string" ? member : verdictOf(member)));
  const has = (one: Verdict) => all.includes(one);
  if (kind === "requirenone") return has("granted") || has("sign-in") ? "denied" : "neutral";
  if (kind === "requireall")
    return has("denied") ? "denied" : has("sign-in") ? "sign-in" : has("granted") ? "granted" : "neutral";
  return has("granted") ? "granted" : has("sign-in") ? "sign-in" : has("denied") ? "denied" : "neutral";
}

function decided(words: readonly string[]): { verdict: Verdict; message: Message | null } {
  const [kind = "", ...rest] = words.map((word) => word.toLowerCase());
  const plain = (verdict: Verdict, message: Message | null = null) => ({ verdict, message });
  if (kind === "all") return plain(rest[0] === "granted" ? "granted" : "denied");
  if (kind === "local") return plain("granted");
  if (kind === "valid-user") return plain("sign-in");
  if (kind === "user") return plain("sign-in", adoptMessage("any-user"));
  if (kind === "ip" || kind === "host" || kind === "forward-dns") {
    const isDecided = rest.every(isLoopback);
    return plain(rest.some(isThisMachine) ? "granted" : "denied", isDecided ? null : adoptMessage("by-address"));
  }
  return plain("denied", adoptMessage("condition-refused"));
}

const isLoopback = (word: string): boolean =>
  /^(?:127(?:\.0(?:\.0(?:\.1)?)?)?\.?|127\.0\.0\.[01]\/.+|::1|localhost)$/i.test(word);
const isThisMachine = (word: string): boolean =>
  isLoopback(word) || /^(?:all|0\.0\.0\.0\/0(?:\.0\.0\.0)?|::\/0)$/i.test(word);
