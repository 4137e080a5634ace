// Requests of one client have most of their variables in common, and often all. What is equal is kept once for all traces, and written out once
// for all starts: a trace's environment would else be the largest part of what it costs to keep.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../../protocol/byte-string.js";
import type { NameValue } from "../../protocol/fastcgi/name-values.js";
import { RequestParams } from "../../protocol/fastcgi/request-params.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";

/** Names that are remembered; more come only from clients that make them up. */
const maxNames = 512;
/** Connections whose last request is remembered. */
const places = 64;

interface Known {
  readonly variable: MetaVariable;
  readonly pair: NameValue;
  readonly assignment: ByteString;
}

/** The variables of one request or more, each also as a process gets it (`NAME=value`) and as a FastCGI application does. */
export interface SharedSet {
  readonly variables: readonly MetaVariable[];
  readonly env: readonly ByteString[];
  readonly params: RequestParams;
}

export class SharedVariables {
  readonly #known = new Map<ByteString, Known>();
  readonly #last: (SharedSet | null)[] = new Array<SharedSet | null>(places).fill(null);

  /** `connection`: requests with the same number are likely to be alike. */
  share(variables: readonly MetaVariable[], connection: number): SharedSet {
    const last = this.#last[connection % places];
    if (last && areEqual(last.variables, variables)) return last;
    const known = variables.map((variable) => this.#share(variable));
    const set = {
      variables: known.map(({ variable }) => variable),
      env: known.map(({ assignment }) => assignment),
      params: new RequestParams(known.map(({ pair }) => pair)),
    };
    this.#last[connection % places] = set;
    return set;
  }

  #share(variable: MetaVariable): Known {
    const { name, value } = variable;
    const last = this.#known.get(name);
    if (last && isEqual(last.variable, variable)) return last;
    const known: Known = { variable, pair: [name, value], assignment: latin1(`${name}=${value}`) };
    if (last || this.#known.size < maxNames) this.#known.set(name, known);
    return known;
  }
}

function areEqual(some: readonly MetaVariable[], others: readonly MetaVariable[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    const one = some[i];
    const other = others[i];
    if (!one || !other || !isEqual(one, other)) return false;
  }
  return true;
}

const isEqual = (one: MetaVariable, other: MetaVariable): boolean =>
  one.name === other.name && one.value === other.value && one.source === other.source;
