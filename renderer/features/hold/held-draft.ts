// What a person has changed of a held request, and what of it goes to the server: the parts that differ.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { readable, toBase64, toByteString } from "../../format/bytes-text.js";
import type { Pair } from "../../model/request/draft.js";
import { bytesToRaw, rawToBytes } from "../../model/request/raw-text.js";

/** Name and value are typed as raw bytes are, with escapes. `before` is what the row was; null: it is new. */
export interface HeldRow extends Pair {
  readonly before: readonly [name: BytesText, value: BytesText] | null;
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

export function pairsOf({ plan }: HeldRequest): readonly (readonly [BytesText, BytesText])[] {
  return plan.moment === "headers" ? plan.headers : plan.variables.map(({ name, value }) => [name, value] as const);
}

/** The arguments that were planned, each on a line of its own; null: the process gets none. */
export const argsText = ({ plan }: HeldRequest): string | null =>
  plan.moment === "start" && plan.args !== null ? plan.args.map(rawOf).join("\n") : null;

/** One line in which any byte can be typed. */
const rawOf = (text: BytesText): string => bytesToRaw(toBytes(toByteString(text))).replaceAll("\n", "\\r\\n");
const bytesOf = (raw: string) => ({ base64: toBase64(rawToBytes(raw)) });

export const draftOf = (held: HeldRequest): HeldDraft => ({
  rows: pairsOf(held).map(([name, value], index) => ({
    ...{ id: `${index}`, name: rawOf(name), value: rawOf(value) },
    before: [name, value],
  })),
  args: null,
  body: null,
  keepsLength: true,
  status: held.plan.moment === "headers" ? `${held.plan.status}` : "",
  holdsHeaders: false,
});

/** The value that a row had; null: it is new. */
export const wasOf = ({ before }: HeldRow): string | null => (before === null ? null : rawOf(before[1]));

export const isEdited = (row: HeldRow): boolean =>
  row.before === null || row.value !== rawOf(row.before[1]) || row.name !== rawOf(row.before[0]);

/** The rows, where the length is that of the body that was typed. */
export function rowsOf({ rows, body, keepsLength }: HeldDraft): readonly HeldRow[] {
  if (body === null || !keepsLength) return rows;
  const value = `${rawToBytes(body).length}`;
  if (!rows.some(({ name }) => name === "CONTENT_LENGTH"))
    return [...rows, { id: "length", name: "CONTENT_LENGTH", value, before: null }];
  return rows.map((row) => (row.name === "CONTENT_LENGTH" ? { ...row, value } : row));
}

/** The rows that a person made of `shown`, which is `rowsOf(draft)`: the length that follows from the body is none. */
export const typedOf = ({ rows }: HeldDraft, shown: readonly HeldRow[], next: readonly HeldRow[]): readonly HeldRow[] =>
  next.flatMap((row) => (shown.includes(row) ? rows.filter(({ id }) => id === row.id) : [row]));

/** The rows that were there and are not any more. */
export const removedFrom = (held: HeldRequest, { rows }: HeldDraft): readonly HeldRow[] =>
  draftOf(held).rows.filter(({ id }) => !rows.some((row) => row.id === id));

/** How many parts of a request differ from what was planned. */
export function editsIn(held: HeldRequest, draft: HeldDraft): number {
  const { rows, args, body, status } = goInput(held, draft);
  const changed = rows === null ? 0 : rowsOf(draft).filter(isEdited).length + removedFrom(held, draft).length;
  return changed + [args, body, status].filter((part) => part !== null).length;
}

/** What the call takes; null for a part that is as it was. */
function goInput(held: HeldRequest, draft: HeldDraft) {
  const rows = rowsOf(draft).filter(({ name }) => name !== "");
  const isSame = rows.length === pairsOf(held).length && !rows.some(isEdited);
  const { args, body, status } = draft;
  return {
    rows: isSame
      ? null
      : rows.map((row) =>
          row.before && !isEdited(row) ? row.before : ([bytesOf(row.name), bytesOf(row.value)] as const),
        ),
    args: args === null ? null : args === "" ? [] : args.split("\n").map(bytesOf),
    body: body === null ? null : bytesOf(body),
    status: held.plan.moment === "headers" && status !== `${held.plan.status}` ? Number(status) : null,
  };
}

/** The input of the call that lets a request go on. */
export function decisionOf(held: HeldRequest, draft: HeldDraft) {
  const { rows, ...rest } = goInput(held, draft);
  const pairs = rows?.map(([name, value]): [BytesText, BytesText] => [name, value]) ?? null;
  const isStart = held.plan.moment === "start";
  return {
    ...rest,
    id: held.id,
    moment: held.plan.moment,
    variables: isStart ? pairs : null,
    headers: isStart ? null : (pairs?.map(([name, value]): [string, BytesText] => [readable(name), value]) ?? null),
    holdsHeaders: draft.holdsHeaders,
  };
}
