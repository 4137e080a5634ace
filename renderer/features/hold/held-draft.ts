// What a person has changed of a held request, and what of it goes to the server: the parts that differ.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { toBase64, toByteString } from "../../format/bytes-text.js";
import type { Pair } from "../../model/request/draft.js";
import { bytesToRaw, rawToBytes } from "../../model/request/raw-text.js";

/** Name and value are typed as raw bytes are, with escapes. `before` is what the row was; null: it is new. */
export interface HeldRow extends Pair {
  readonly before: readonly [name: string, value: string] | null;
}

export interface HeldDraft {
  /** The rows are variables, or headers. */
  readonly rows: readonly HeldRow[];
  /** The arguments are typed as raw bytes are, one on each line; null: they stay as they are. */
  readonly args: string | null;
  /** The body is typed like them; null: it stays as it is. */
  readonly body: string | null;
  readonly keepsLength: boolean;
  readonly status: string;
  readonly holdsHeaders: boolean;
}

/** The arguments that were planned, each on a line of its own; null: the process gets none. */
export const argsText = ({ plan }: HeldRequest): string | null =>
  plan.moment === "start" && plan.args !== null ? plan.args.map(rawOf).join("\n") : null;

/** One line in which any byte can be typed. */
const rawOf = (text: BytesText): string => bytesToRaw(toBytes(toByteString(text))).replaceAll("\n", "\\r\\n");
export const bytesOf = (raw: string) => ({ base64: toBase64(rawToBytes(raw)) });

export function draftOf({ plan }: HeldRequest): HeldDraft {
  const pairs =
    plan.moment === "headers" ? plan.headers : plan.variables.map(({ name, value }) => [name, value] as const);
  return {
    rows: pairs.map((pair, index) => {
      const name = rawOf(pair[0]);
      const value = rawOf(pair[1]);
      return { id: `${index}`, name, value, before: [name, value] };
    }),
    args: null,
    body: null,
    keepsLength: true,
    holdsHeaders: false,
    status: plan.moment === "headers" ? `${plan.status}` : "",
  };
}

export const isEdited = ({ name, value, before }: HeldRow): boolean => before?.[0] !== name || before[1] !== value;

/** The body, and with it its length, unless that is not to follow. */
export function withBody(held: HeldRequest, draft: HeldDraft, body: string | null, keepsLength: boolean): HeldDraft {
  const isLength = ({ name }: HeldRow): boolean => name === "CONTENT_LENGTH";
  const planned = draftOf(held).rows.find(isLength);
  const value = body === null ? planned?.value : `${rawToBytes(body).length}`;
  const rows = draft.rows.some(isLength)
    ? draft.rows
    : [...draft.rows, planned ?? { id: "length", name: "CONTENT_LENGTH", value: "", before: null }];
  const followed = rows.flatMap((row) => (!isLength(row) ? row : value === undefined ? [] : { ...row, value }));
  return { ...draft, body, keepsLength, rows: keepsLength ? followed : draft.rows };
}

/** The rows that were there and are not any more. */
export const removedFrom = (held: HeldRequest, { rows }: HeldDraft): readonly HeldRow[] =>
  draftOf(held).rows.filter(({ id }) => !rows.some((row) => row.id === id));

/** How many parts of a request differ from what was planned. */
export function editsIn(held: HeldRequest, draft: HeldDraft): number {
  const { args, body, status } = decisionOf(held, draft);
  const changed = draft.rows.filter(isEdited).length + removedFrom(held, draft).length;
  return changed + [args, body, status].filter((part) => part !== null).length;
}

/** The input of the call that lets a request go on; null for a part that is as it was. */
export function decisionOf(held: HeldRequest, draft: HeldDraft) {
  const { args, body, status, holdsHeaders } = draft;
  const { moment } = held.plan;
  const isSame = removedFrom(held, draft).length === 0 && !draft.rows.some(isEdited);
  const rows = isSame ? null : draft.rows.filter(({ name }) => name !== "");
  return {
    id: held.id,
    moment,
    holdsHeaders,
    variables: moment === "start" && rows ? rows.map((row) => bothOf(bytesOf(row.name), row)) : null,
    headers: moment === "headers" && rows ? rows.map((row) => bothOf(row.name, row)) : null,
    args: args === null ? null : args === "" ? [] : args.split("\n").map(bytesOf),
    body: body === null ? null : bytesOf(body),
    status: status === draftOf(held).status ? null : Number(status),
  };
}

const bothOf = <N>(name: N, { value }: HeldRow): [N, BytesText] => [name, bytesOf(value)];
