// What the schema finds wrong with a setting, from zod's issues to our own words.
import type { z } from "zod";
import type { Message } from "../../contract/message.js";
import { mistakeMessage } from "./messages.js";

export type Path = (string | number)[];
export interface Mistake {
  readonly path: Path;
  readonly mistake: Message;
}
/** "" is the whole file. */
export const keyPath = (path: Path): string =>
  path.map((step, i) => (typeof step === "number" ? `[${step + 1}]` : i === 0 ? step : `.${step}`)).join("");

type Issue = z.core.$ZodIssue;

/** An issue about several unknown settings becomes one for each. The issues hold their input (`reportInput`). */
export function schemaMistakes(issue: Issue): Mistake[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], mistake: mistakeMessage("unknown-setting") }));
  const inKey = issue.code === "invalid_key" ? issue.issues[0] : undefined;
  return [{ path, mistake: mistakeOf(inKey ?? issue) }];
}

function mistakeOf(issue: Issue): Message {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? mistakeMessage("setting-missing")
        : mistakeMessage("wrong-type", { expected: issue.expected });
    case "too_small":
      return mistakeMessage("too-small", { of: issue.origin, least: Number(issue.minimum) });
    case "too_big":
      return mistakeMessage("too-large", { of: issue.origin, most: Number(issue.maximum) });
    case "invalid_value":
      return mistakeMessage("not-one-of", { allowed: issue.values.map((value) => JSON.stringify(value)) });
    case "invalid_union": {
      const allowed = issue.errors.flat().flatMap((error) => (error.code === "invalid_value" ? error.values : []));
      if (allowed.length > 0)
        return mistakeMessage("not-one-of", { allowed: allowed.map((value) => JSON.stringify(value)) });
    }
  }
  return mistakeMessage("against-schema", { schemaText: issue.message });
}
