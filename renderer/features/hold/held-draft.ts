// What a person has changed of a held request, and what of it goes to the server: the parts that differ.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { type ProblemMessage, toProblem } from "../../../server/contract/problem.js";
import { fromBytes, toBytes } from "../../../server/protocol/byte-string.js";
import { isTokenText } from "../../../server/protocol/token.js";
import { toBase64, toByteString } from "../../format/bytes-text.js";
import type { Pair } from "../../model/request/draft.js";
import { decodeForm } from "../../model/request/form-body.js";
import { bytesToRaw, rawToBytes } from "../../model/request/raw-text.js";
import { windowMessage } from "../../rpc/messages.js";
import { WindowProblem } from "../../rpc/problem.js";

/** Name and value are typed as raw bytes are, with escapes. `before` is what the row was; null: it is new. */
export interface HeldRow extends Pair {
  readonly before: readonly [name: string, value: string] | null;
}

export interface HeldDraft {
  /** The rows are variables, or headers, with the status as a script writes it. */
  readonly rows: readonly HeldRow[];
  /** The arguments are typed as raw bytes are, one on each line. */
  readonly args: string;
  /** The body is typed like them; null: it stays as it is. */
  readonly body: string | null;
  readonly keepsLength: boolean;
  readonly holdsHeaders: boolean;
}

/** What a part of the view is about, and what it changes. */
export interface Editing {
  readonly held: HeldRequest;
  readonly draft: HeldDraft;
  readonly onChange: (part: Partial<HeldDraft>) => void;
}

/** One line in which any byte can be typed. */
const rawOf = (text: BytesText): string => bytesToRaw(toBytes(toByteString(text))).replaceAll("\n", "\\r\\n");
export const bytesOf = (raw: string) => ({ base64: toBase64(rawToBytes(raw)) });
const pairOf = ({ name, value }: Pair): [BytesText, BytesText] => [bytesOf(name), bytesOf(value)];

function plannedRow({ name, value }: Omit<Pair, "id">, index: number): HeldRow {
  return { id: `${index}`, name, value, before: [name, value] };
}

export function draftOf({ plan }: HeldRequest): HeldDraft {
  const pairs =
    plan.moment === "headers"
      ? [["Status", `${plan.status}`] as const, ...plan.headers]
      : plan.variables.map(({ name, value }) => [name, value] as const);
  return {
    rows: pairs.map(([name, value], index) => plannedRow({ name: rawOf(name), value: rawOf(value) }, index)),
    args: (plan.moment === "start" && plan.args?.map(rawOf).join("\n")) || "",
    body: null,
    keepsLength: true,
    holdsHeaders: false,
  };
}

export const isEdited = ({ name, value, before }: HeldRow): boolean => before?.[0] !== name || before[1] !== value;

/** One part is edited. CONTENT_LENGTH follows the body while `keepsLength` is on. */
export function edited(held: HeldRequest, draft: HeldDraft, part: Partial<HeldDraft>): HeldDraft {
  const next = { ...draft, ...part };
  const { rows, body, keepsLength } = next;
  if (!keepsLength || (body === draft.body && draft.keepsLength)) return next;
  const isLength = ({ name }: HeldRow): boolean => name === "CONTENT_LENGTH";
  const planned = draftOf(held).rows.find(isLength);
  const value = body === null ? planned?.value : `${rawToBytes(body).length}`;
  const added = planned ?? { id: "length", name: "CONTENT_LENGTH", value: "", before: null };
  const all = rows.some(isLength) ? rows : [...rows, added];
  return { ...next, rows: all.flatMap((row) => (!isLength(row) ? row : value === undefined ? [] : { ...row, value })) };
}

/** The fields of a form, with what each was before, and those that are gone; null: the body is no form. */
export function formRows(body: string, planned: string) {
  const removed = (decodeForm(rawToBytes(planned), "utf-8") ?? []).map(plannedRow);
  const fields = decodeForm(rawToBytes(body), "utf-8");
  if (!fields) return null;
  const rows = fields.map(({ name, value }, index): HeldRow => {
    const at = removed.findIndex((field) => field.name === name);
    const [was] = at < 0 ? [] : removed.splice(at, 1);
    return { id: `${index}`, name, value, before: was?.before ?? null };
  });
  return { rows, removed };
}

/** The rows that were there and are not any more. */
export const removedFrom = (held: HeldRequest, { rows }: HeldDraft): readonly HeldRow[] =>
  draftOf(held).rows.filter(({ id }) => !rows.some((row) => row.id === id));

/** How many parts of a request differ from what was planned. */
export function editsIn(held: HeldRequest, draft: HeldDraft): number {
  const changed = draft.rows.filter(isEdited).length + removedFrom(held, draft).length;
  return changed + Number(draft.args !== draftOf(held).args) + Number(draft.body !== null);
}

const isStatus = ({ name }: Pair): boolean => /^status$/i.test(name);

/** Why an environment, or a response, cannot have the row; null: it can. */
export function mistakeIn(row: Pair, moment: HeldRequest["plan"]["moment"]): ProblemMessage | null {
  const { name } = row;
  const [key = "", value = ""] = [name, row.value].map((raw) => fromBytes(rawToBytes(raw)));
  if (name === "") return null;
  if (moment === "start") {
    if (key.includes("=")) return windowMessage("bad-variable-name", { name });
    return (key + value).includes("\0") ? windowMessage("nul-byte") : null;
  }
  if (isStatus(row)) return /^[2-5]\d\d(?: |$)/.test(value) ? null : windowMessage("bad-status", { status: row.value });
  if (!isTokenText(key)) return windowMessage("bad-header-name", { name });
  return /[\r\n\0]/.test(value) ? windowMessage("bad-header-value", { name }) : null;
}

/** The rows that have a name. @throws WindowProblem */
function checked(all: readonly Pair[], moment: HeldRequest["plan"]["moment"]): readonly Pair[] {
  for (const row of all) {
    const mistake = mistakeIn(row, moment);
    if (mistake) throw new WindowProblem(toProblem(mistake));
  }
  return all.filter(({ name }) => name !== "");
}

/** The status and headers of a response; 200 unless a row says otherwise. @throws WindowProblem */
export function headOf(all: readonly Pair[]) {
  const rows = checked(all, "headers");
  const headers = rows.filter((row) => !isStatus(row)).map(pairOf);
  return { status: Number.parseInt(rows.find(isStatus)?.value ?? "200", 10), headers };
}

/** The input of the call that lets a request go on, with the parts that are not as they were. @throws WindowProblem */
export function decisionOf(held: HeldRequest, draft: HeldDraft) {
  const { rows, args, body, holdsHeaders } = draft;
  const { moment } = held.plan;
  const isSame = removedFrom(held, draft).length === 0 && !rows.some(isEdited);
  const isArgued = args !== draftOf(held).args;
  if (isArgued) checked([{ id: "", name: "argument", value: args }], moment);
  return {
    id: held.id,
    moment,
    holdsHeaders,
    ...(moment === "headers" && !isSame ? headOf(rows) : {}),
    variables: moment === "start" && !isSame ? checked(rows, moment).map(pairOf) : undefined,
    args: isArgued ? args.split("\n", args === "" ? 0 : undefined).map(bytesOf) : undefined,
    body: body === null ? undefined : bytesOf(body),
  };
}
