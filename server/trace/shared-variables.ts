// Requests of one client have most of their variables in common, and often all. Equal ones are kept
// once for all traces, and encoded once for all starts: otherwise the environment would be the
// largest part of what a trace costs to keep.
import type { ByteString } from "../contract/bytes-text.js";
import { latin1 } from "../protocol/byte-string.js";
import type { NameValue } from "../protocol/fastcgi/name-values.js";
import { RequestParams } from "../protocol/fastcgi/request-params.js";
import type { MetaVariable } from "../protocol/meta-variables.js";

/** Names whose last value is remembered. More names come only from clients that invent them. */
const maxNames = 512;
/** Connections of which the last request's variables are remembered. */
const rememberedConnections = 64;

/** A variable in the three forms in which it is used. */
interface EncodedVariable {
  readonly variable: MetaVariable;
  readonly pair: NameValue;
  readonly assignment: ByteString;
}

/**
 * The variables of one request or more, also as a process gets them (`NAME=value`) and as a FastCGI application does.
 */
export interface VariableSet {
  readonly variables: readonly MetaVariable[];
  readonly env: readonly ByteString[];
  readonly params: RequestParams;
}

export class SharedVariables {
  readonly #byName = new Map<ByteString, EncodedVariable>();
  readonly #lastSets: (VariableSet | undefined)[] = [];

  /** `connection`: the number of the connection, whose requests are likely to have equal variables. */
  share(variables: readonly MetaVariable[], connection: number): VariableSet {
    const index = connection % rememberedConnections;
    const last = this.#lastSets[index];
    if (last && areEqual(last.variables, variables)) return last;
    const encoded = variables.map((variable) => this.#encode(variable));
    const set = {
      variables: encoded.map(({ variable }) => variable),
      env: encoded.map(({ assignment }) => assignment),
      params: new RequestParams(encoded.map(({ pair }) => pair)),
    };
    this.#lastSets[index] = set;
    return set;
  }

  clear(): void {
    this.#byName.clear();
    this.#lastSets.length = 0;
  }

  #encode(variable: MetaVariable): EncodedVariable {
    const { name, value } = variable;
    const last = this.#byName.get(name);
    if (last && isSameVariable(last.variable, variable)) return last;
    const encoded: EncodedVariable = { variable, pair: [name, value], assignment: latin1(`${name}=${value}`) };
    if (last || this.#byName.size < maxNames) this.#byName.set(name, encoded);
    return encoded;
  }
}

function areEqual(some: readonly MetaVariable[], others: readonly MetaVariable[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    const one = some[i];
    const other = others[i];
    if (!one || !other || !isSameVariable(one, other)) return false;
  }
  return true;
}

const isSameVariable = (one: MetaVariable, other: MetaVariable): boolean =>
  one.name === other.name && one.value === other.value && one.source === other.source;
