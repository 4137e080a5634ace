// Why a search for traces is not valid.
import { defineMessages } from "../../contract/message.js";

export const queryMessage = defineMessages({
  "query-unknown-key": ({ key, keys }: { readonly key: string; readonly keys: readonly string[] }) =>
    `There is no key “${key}:”. The keys are ${keys.map((known) => `${known}:`).join(" ")}. Quote text that has a colon.`,
  "query-open-quote": "This quotation mark has no end.",
  "query-no-value": ({ key }: { readonly key: string }) => `“${key}:” needs a value.`,
  "query-nothing-negated": "A minus needs something behind it.",
  "query-lonely-or": "OR needs a condition on both sides.",
  "query-too-long": ({ maxWords }: { readonly maxWords: number }) =>
    `A search can have ${maxWords} words. Search for fewer at once.`,
  "query-status": ({ value }: { readonly value: string }) =>
    `“${value}” is not a status. Write status:404, status:5xx, status:>=400, status:none or an outcome (crashed, timeout).`,
  "query-took": ({ value }: { readonly value: string }) =>
    `“${value}” is not a condition on a time. Write took:>100ms or took:<2s.`,
  "query-size": ({ value }: { readonly value: string }) =>
    `“${value}” is not a condition on a size. Write size:>10k or size:<1m.`,
  "query-kind": ({ value, kinds }: { readonly value: string; readonly kinds: readonly string[] }) =>
    `“is:${value}” is not a condition. Use one of ${kinds.join(", ")}.`,
  "query-pattern": ({ source, why }: { readonly source: string; readonly why: string }) =>
    `“${source}” is not a valid regular expression: ${why}. Write it in the syntax of RE2, which has no look-around and no back-references.`,
  "query-pattern-large": ({ source }: { readonly source: string }) =>
    `The regular expression “${source}” is too large. Use smaller counts of repetition.`,
  "query-version": ({ value }: { readonly value: string }) =>
    `“${value}” is not the beginning of a hash: it has hexadecimal digits only.`,
  "query-time": ({ value }: { readonly value: string }) =>
    `“${value}” is not a time. Write 2026-01-31, 2026-01-31T14:30, 2026-01-31T14:30:15.250Z, today, yesterday, 15m, 2h or 3d (ago), or save (the last save of a script).`,
  "query-no-save": "No script of this folder was saved, as far as is known. Write a time.",
  "query-pinned": ({ value }: { readonly value: string }) =>
    `“${value}” is neither yes nor no. Write pinned:yes or pinned:no.`,
});
