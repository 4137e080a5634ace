// The variables of a script with one more, or with another value.
import { byteString } from "../protocol/byte-string.js";
import type { MetaVariable } from "../protocol/meta-variables.js";

/** Where a shell searches without a PATH. */
const usualPath = "/usr/local/bin:/usr/bin:/bin";

export const pathIn = (variables: readonly MetaVariable[]): string =>
  variables.find(({ name }) => name === "PATH")?.value ?? usualPath;

/** `value`: in bytes. A configured name in another spelling takes the place of this one. */
export function withValue(variables: readonly MetaVariable[], name: string, value: string): readonly MetaVariable[] {
  if (variables.some((variable) => variable.name !== name && variable.name.toUpperCase() === name)) return variables;
  const set = (source: MetaVariable["source"]) => ({ name: byteString(name), value: byteString(value), source });
  return variables.some((variable) => variable.name === name)
    ? variables.map((variable) => (variable.name === name ? set(variable.source) : variable))
    : [...variables, set("server")];
}
