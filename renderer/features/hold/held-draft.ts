// What a person has changed of a held request, and what of it goes to the server: the parts that differ.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { readable, toBase64, toByteString } from "../../format/bytes-text.js";
import type { Pair } from "../../model/request/draft.js";
import { bytesToRaw, rawToBytes } from "../../model/request/raw-text.js";

/** `before`: what the row was; null: it is new. */
export interface HeldRow extends Pair {
  readonly before: readonly [name: BytesText, value: BytesText] | null;
}

export interface HeldDraft {
  /** Variables, or headers. */
  readonly rows: readonly HeldRow[];
  /** One on each line, as a raw request is typed; null: they stay as they are. */
  readonly args: string | null;
  /** The same. */
  readonly body: string | null;
  readonly keepsLength: boolean;
  readonly status: string;
  readonly holdsHeaders: boolean;
}

export function pairsOf({ plan }: HeldRequest): readonly (readonly [BytesText, BytesText])[] {
  return plan.moment === "headers" ? plan.headers : plan.variables.map(({ name, value }) => [name, value] as const);
}

/** Each on a line of its own, as raw bytes are typed; null: there are none. */
export const argsText = ({ plan }: HeldRequest): string | null =>
  plan.moment === "start" && plan.args !== null ? plan.args.map(lineOf).join("\n") : null;

const lineOf = (arg: BytesText): string => bytesToRaw(toBytes(toByteString(arg))).replaceAll("\n", "\\r\\n");
const bytesOf = (raw: string) => ({ base64: toBase64(rawToBytes(raw)) });

export const draftOf = (held: HeldRequest): HeldDraft => ({
  rows: pairsOf(held).map(([name, value], index) => ({
    ...{ id: `${index}`, name: readable(name), value: readable(value) },
    before: [name, value],
  })),
  args: null,
  body: null,
  keepsLength: true,
  status: held.plan.moment === "headers" ? `${held.plan.status}` : "",
  holdsHeaders: false,
});

/** What a row was, for reading; null: it is new. */
export const wasOf = ({ before }: HeldRow): string | null => (before === null ? null : readable(before[1]));

export const isEdited = (row: HeldRow): boolean =>
  row.before === null || row.value !== readable(row.before[1]) || row.name !== readable(row.before[0]);

/** The rows with the length of the body that was typed. */
export function rowsOf({ rows, body, keepsLength }: HeldDraft): readonly HeldRow[] {
  if (body === null || !keepsLength) return rows;
  const value = `${rawToBytes(body).length}`;
  if (!rows.some(({ name }) => name === "CONTENT_LENGTH"))
    return [...rows, { id: "length", name: "CONTENT_LENGTH", value, before: null }];
  return rows.map((row) => (row.name === "CONTENT_LENGTH" ? { ...row, value } : row));
}

/** Those that were there and are not any more. */
export const removedFrom = (held: HeldRequest, { rows }: HeldDraft): readonly HeldRow[] =>
  draftOf(held).rows.filter(({ id }) => !rows.some((row) => row.id === id));

/** How many parts differ. */
export function editsIn(held: HeldRequest, draft: HeldDraft): number {
  const { rows, args, body, status } = goInput(held, draft);
  const changed = rows === null ? 0 : rowsOf(draft).filter(isEdited).length + removedFrom(held, draft).length;
  return changed + [args, body, status].filter((part) => part !== null).length;
}

/** Null: as it was. Bytes that nobody touched stay the same. */
function goInput(held: HeldRequest, draft: HeldDraft) {
  const rows = rowsOf(draft).filter(({ name }) => name !== "");
  const isSame = rows.length === pairsOf(held).length && !rows.some(isEdited);
  const { args, body, status } = draft;
  return {
    rows: isSame
      ? null
      : rows.map((row) => (row.before && !isEdited(row) ? row.before : ([row.name, row.value] as const))),
    args: args === null ? null : args === "" ? [] : args.split("\n").map(bytesOf),
    body: body === null ? null : bytesOf(body),
    status: held.plan.moment === "headers" && status !== `${held.plan.status}` ? Number(status) : null,
  };
}

/** For the call that lets it go on. */
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
