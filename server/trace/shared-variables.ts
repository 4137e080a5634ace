// Requests have most of their variables in common with the one before. What is equal is kept once for all traces, and written out once for
// all starts: a trace's environment would else be the largest part of what it costs to keep.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "../protocol/byte-string.js";
import type { NameValue } from "../protocol/fastcgi/name-values.js";
import type { MetaVariable } from "../protocol/meta-variables.js";

/** Names that are remembered; more come only from clients that make them up. */
const maxNames = 512;

interface Known {
  readonly variable: MetaVariable;
  readonly pair: NameValue;
  readonly assignment: ByteString;
}

export class SharedVariables {
  readonly #known = new Map<ByteString, Known>();

  /** The same variables, and each as a process gets it (`NAME=value`) and as a FastCGI application does. */
  share(variables: readonly MetaVariable[]): { variables: readonly MetaVariable[]; env: readonly ByteString[]; params: readonly NameValue[] } {
    const known = variables.map((variable) => this.#share(variable));
    return { variables: known.map(({ variable }) => variable), env: known.map(({ assignment }) => assignment), params: known.map(({ pair }) => pair) };
  }

  #share(variable: MetaVariable): Known {
    const { name, value, source } = variable;
    const last = this.#known.get(name);
    if (last && last.variable.value === value && last.variable.source === source) return last;
    const known: Known = { variable, pair: [name, value], assignment: byteString(`${name}=${value}`) };
    if (last || this.#known.size < maxNames) this.#known.set(name, known);
    return known;
  }
}
