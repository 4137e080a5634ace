// Finds rules by what the user types or pastes: a message from a server's log, with names and numbers of its own, or
// words of a rule. A logged sentence and a known message are compared by their words, rare ones counting most;
// placeholders in the message and names in the sentence do not count.
import type { RuleInfo } from "../../../server/contract/doctor-contract.js";

export interface FoundRule {
  readonly rule: RuleInfo;
  /** Above 0, at most 1. */
  readonly score: number;
  /** The message it was found by: index in the rule's `logged`; null when it was found by its own words. */
  readonly message: number | null;
}

/** In messages these stand for a name, a number or a piece of output. */
const standIns = new Set(["S", "U", "N", "n", "NAME", "TEXT", "REASON", "PATH"]);
/** Words that every sentence has. */
const common = new Set(
  "a an and are as at be but by for from had has if in into is it its no not of on or so than that the then there this to was while with".split(
    " ",
  ),
);
const enough = 0.55;

/** Gravest match first; all of them in their own order when nothing is wanted. */
export function findRules(rules: readonly RuleInfo[], sentence: string): readonly FoundRule[] {
  const wanted = withoutSource(sentence);
  const words = wordsOf(wanted);
  if (words.length === 0) return rules.map((rule) => ({ rule, score: 1, message: null }));
  const rarity = rarities(rules);
  // Once with the names that are quoted in it, and once without: the message has its own there.
  const neighbours = new Set([...pairs(words), ...pairs(wordsOf(unquoted(wanted)))].map((pair) => pair.join(" ")));
  const found = rules.flatMap((rule): FoundRule[] => {
    const byMessage = rule.logged
      .map(({ message }, index) => ({
        index,
        score: message === null ? 0 : likeness(withoutSource(message), words, neighbours, rarity),
      }))
      .reduce((best, next) => (next.score > best.score ? next : best), { index: -1, score: 0 });
    const own = ownWords(rule, words);
    if (byMessage.score >= enough && byMessage.score >= own)
      return [{ rule, score: byMessage.score, message: byMessage.index }];
    return own > 0 ? [{ rule, score: own, message: null }] : [];
  });
  found.sort((a, b) => b.score - a.score);
  const best = found[0]?.score ?? 0;
  // A whole log message must not match every rule that shares a word with it.
  return best >= enough && words.length > 3 ? found.filter(({ score }) => score > best - 0.25) : found;
}

/** Newer Apaches say whose standard error it is, older ones do not. */
const withoutSource = (text: string): string => text.replace(/\b(AH\d{5}: )stderr from \S+: /g, "$1");

/** Lower case, without stand-ins; error codes like AH02429 are words. */
function wordsOf(text: string): string[] {
  return (text.match(/[A-Za-z][A-Za-z0-9_-]*|\d{3,}/g) ?? [])
    .filter((word) => !standIns.has(word))
    .map((word) => word.toLowerCase());
}

type Weight = (word: string) => number;

/** How much rarer than the others a word is: 1 for one that a single message has. */
function rarities(rules: readonly RuleInfo[]): Weight {
  const counts = new Map<string, number>();
  const messages = rules.flatMap(({ logged }) =>
    logged.flatMap(({ message }) => (message === null ? [] : [new Set(wordsOf(message))])),
  );
  for (const message of messages) for (const word of message) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => (common.has(word) ? 0.1 : 1 / (1 + Math.log2(1 + (counts.get(word) ?? 1))));
}

/**
 * What a message quotes, and what follows its last colon, is mostly specific to one program: it costs little when it
 * is missing and decides when it matches.
 */
const ownShare = 0.02;
const ownBonus = 0.2;
/** A long sentence that matches is stronger evidence than a short one. */
const lengthBonus = 0.01;
const longest = 8;

/**
 * The share of the message's words, and of its pairs of neighbours, that the sentence has, by weight:
 * "invalid status" and "invalid header" are two messages even where a sentence has all three words. A little
 * less for what the sentence has beside them.
 */
function likeness(
  message: string,
  sentence: readonly string[],
  neighbours: ReadonlySet<string>,
  rarity: Weight,
): number {
  const words = wordsOf(message);
  if (words.length === 0) return 0;
  const plain = unquoted(message);
  const head = wordsOf(plain.slice(0, plain.lastIndexOf(":") + 1));
  const fixed = new Set(head.length >= 3 ? head : wordsOf(plain));
  const weight: Weight = (word) => rarity(word) * (fixed.has(word) ? 1 : ownShare);
  const has = new Set(sentence);
  const byWords = share(words, weight, (word) => has.has(word));
  const byPairs = share(
    pairs(words),
    ([first, second]) => Math.min(weight(first), weight(second)),
    (pair) => neighbours.has(pair.join(" ")),
  );
  const shared = new Set(words.filter((word) => has.has(word))).size;
  if (shared < Math.min(2, new Set(words).size)) return 0;
  const own = words.filter((word) => !fixed.has(word));
  const bonus = own.length === 0 ? 0 : (ownBonus * own.filter((word) => has.has(word)).length) / own.length;
  const known = new Set(words);
  const beside = sentence.filter((word) => !known.has(word)).length / Math.max(1, sentence.length);
  return Math.max(
    0,
    (words.length === 1 ? byWords : (byWords + byPairs) / 2) +
      bonus -
      ownBonus +
      lengthBonus * Math.min(longest, words.filter((word) => fixed.has(word)).length) -
      0.1 * beside,
  );
}

const unquoted = (text: string): string => text.replace(/"[^"]*"|'[^']*'/g, " ");
const pairs = (words: readonly string[]): (readonly [string, string])[] =>
  words.slice(1).map((word, index) => [words[index] ?? "", word]);

function share<T>(all: readonly T[], weight: (one: T) => number, isThere: (one: T) => boolean): number {
  let sum = 0;
  let there = 0;
  for (const one of all) {
    sum += weight(one);
    if (isThere(one)) there += weight(one);
  }
  return sum === 0 ? 0 : there / sum;
}

/** Words of the rule itself: its title first, then its summary, then the rest. The last word may be begun only. */
function ownWords({ id, title, summary, explanation, reference }: RuleInfo, words: readonly string[]): number {
  const places: readonly (readonly [string, number])[] = [
    [`${title} ${id.replaceAll("-", " ")}`, 0.9],
    [summary, 0.6],
    [`${explanation} ${reference ?? ""}`, 0.4],
  ];
  const asked = words.filter((word) => !common.has(word));
  if (asked.length === 0) return 0;
  let sum = 0;
  for (const word of asked) {
    const place = places.find(([text]) => wordsOf(text).some((other) => other.startsWith(word)));
    if (place === undefined) return 0; // all are meant
    sum += place?.[1] ?? 0;
  }
  return sum / asked.length;
}
