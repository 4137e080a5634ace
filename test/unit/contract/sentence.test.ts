// What the compiler refuses to do with a sentence. Each line that it would accept fails the check of types.

import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { LogEntry } from "../../../server/contract/log-contract.js";
import { asSentence, type Message, wordsOf } from "../../../server/contract/message.js";
import type { Finding } from "../../../server/contract/trace.js";
import type { Problem } from "../../../server/contract/workspace.js";

const sentence = asSentence("The port is in use.");

test("a sentence is its words in JSON, and wherever it is unwrapped", () => {
  expect(JSON.stringify({ text: sentence })).toBe('{"text":"The port is in use."}');
  expect([wordsOf(sentence), wordsOf(null), wordsOf(undefined)]).toEqual(["The port is in use.", null, undefined]);
});

test("nothing searches it, compares it with words, or shows it", () => {
  const refused = {
    // @ts-expect-error it has no methods of a string
    searched: () => sentence.includes("port"),
    // @ts-expect-error nothing matches it
    matched: () => /port/.test(sentence),
    // @ts-expect-error it is no string to compare with
    compared: () => sentence === "The port is in use.",
    // @ts-expect-error nor to sort by
    sorted: (other: typeof sentence) => sentence < other,
    // @ts-expect-error nor to look up
    keyed: () => new Set(["The port is in use."]).has(sentence),
    // @ts-expect-error a template literal takes its words
    inserted: () => `Not now: ${sentence}`,
    // @ts-expect-error and so does a sum
    added: (before: string) => before + sentence,
    // @ts-expect-error React shows its words
    shown: (): ReactNode => sentence,
    // @ts-expect-error other functions take its words
    passed: (): string => sentence,
    // @ts-expect-error and nothing writes one in place
    written: (): Message => ({ code: "port-in-use", data: null, text: "The port is in use." }),
  };
  expect(Object.keys(refused)).toHaveLength(10);
});

test("problems, findings and log entries have sentences", () => {
  const told = [
    ({ message }: Problem | LogEntry) => message,
    ({ fix }: Problem | LogEntry) => fix ?? sentence,
    ({ title }: Finding) => title,
    ({ detail }: Finding) => detail,
  ] satisfies readonly ((of: never) => typeof sentence)[];
  expect(told).toHaveLength(4);
});
