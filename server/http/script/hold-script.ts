// What a person may change of a script's run while it is held, and how that is written down in the trace.
import { fromBytesText, toBytesText } from "../../base/decode-text.js";
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import type { HeldPart } from "../../contract/trace.js";
import { byteString } from "../../protocol/byte-string.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { ScriptResponse } from "../../protocol/script-response.js";
import { headerText, orNull, variableJson } from "../../trace/formats/trace-json.js";
import type { Holds, Released } from "../exchange/holds.js";
import { exchangeMessage } from "../exchange/messages.js";
import { type RequestBody, typedBody } from "./request-body.js";
import type { ScriptInput, ScriptInputs, ScriptInvocation } from "./script-inputs.js";
import type { ScriptRun } from "./script-run.js";

export interface Start {
  readonly body: RequestBody;
  readonly input: ScriptInput;
}
type Answered = Pick<ScriptInvocation, "exchange" | "trace">;

/** Holds a request before it takes a permit, so other scripts may run meanwhile. Null: the request has its response. */
export async function holdStart(
  holds: Holds,
  inputs: ScriptInputs,
  step: ScriptInvocation,
  start: Start,
): Promise<Start | null> {
  const { exchange, trace } = step;
  if (!holds.asks(exchange, trace, "start")) return start; // so much may have changed while its body came
  const { body, input } = start;
  const { argv, args, variables, isNph } = input;
  const command = argv.slice(0, argv.length - (args?.length ?? 0));
  const holding = holds.hold(exchange, trace, {
    moment: "start",
    isNph,
    bodyBytes: body.length ?? 0,
    bodyCaptured: trace.request.body.captured,
    command: command.map(toBytesText),
    args: args?.map(toBytesText) ?? null,
    variables: variables.map(variableJson),
  });
  exchange.permit?.release(); // of the script whose local redirect led here
  exchange.permit = null;
  const edits = await decided(holding, step, () => body.dispose());
  if (!edits) return null;
  const edited = edits.variables ? variablesOf(variables, edits.variables.map(pairOf)) : variables;
  const words = (args && edits.args?.map(fromBytesText)) ?? args ?? [];
  edits.record.edits = [
    ...changes("variable", pairsOf(variables), pairsOf(edited)),
    ...changes("argument", numbered(args ?? []), numbered(words)),
    ...(edits.body ? [{ of: "body", name: null, was: null, is: null } as const] : []),
  ];
  if (edits.body) body.dispose();
  return {
    body: edits.body ? typedBody(bytesOf(edits.body)) : body,
    input: { ...inputs.withVariables(step, input, edited), argv: [...command, ...words] },
  };
}

/** Holds the response of a script. `asPlanned` responds as the script said. */
export async function holdHeaders(
  holds: Holds,
  step: Answered,
  run: ScriptRun,
  { status: said, reason, headers: all }: ScriptResponse,
  asPlanned: () => void,
): Promise<null> {
  const { exchange, trace } = step;
  const headers = all.filter(([name]) => !/^status$/i.test(name));
  const status = said ?? 200;
  const holding = holds.hold(exchange, trace, { moment: "headers", status, headers: headers.map(headerText) });
  run.hold();
  void run.over.then(() => exchange.permit?.release()); // others may run while a person looks at the headers
  const edits = await decided(holding, step, () => run.discard());
  if (edits && edits.status === undefined && !edits.headers) asPlanned();
  else if (edits) {
    const sent = { status: edits.status ?? status, reason: byteString(""), headers };
    if (sent.status === status && reason) sent.reason = reason;
    if (edits.headers) sent.headers = edits.headers.map(pairOf);
    edits.record.edits = [
      ...changes("status", statusOf(status), statusOf(sent.status)),
      ...changes("header", headers, sent.headers),
    ];
    run.flowTo(exchange.respond(sent, null));
  }
  return null;
}

/** Null: it has its response, by hand or since it was aborted. `drop`: nothing comes of the script's part. */
async function decided(holding: Promise<Released | null>, { exchange, trace }: Answered, drop: () => void) {
  const released = await holding;
  if (released && !released.isByHand) return released;
  drop();
  if (released) {
    const { status = 200, headers = [], body = { base64: "" } } = released;
    exchange.setOutcome("ok", exchangeMessage("answered-by-hand"), trace);
    exchange.respondWhole(status, headers.map(pairOf), bytesOf(body));
  } else exchange.respondAborted();
  return null;
}

type Pairs = readonly (readonly [name: ByteString | null, value: ByteString])[];

const bytesOf = ({ base64 }: { readonly base64: string }): Buffer => Buffer.from(base64, "base64");
const pairOf = ([name, value]: readonly [BytesText, BytesText]): HeaderPair => [
  fromBytesText(name),
  fromBytesText(value),
];
const pairsOf = (variables: readonly MetaVariable[]): Pairs => variables.map(({ name, value }) => [name, value]);
const numbered = (words: readonly ByteString[]): Pairs => words.map((word, at) => [byteString(`${at + 1}`), word]);
const statusOf = (status: number): Pairs => [[null, byteString(`${status}`)]];

/** A variable that is as it was keeps its source. The last of a name counts, as it does in an environment. */
function variablesOf(before: readonly MetaVariable[], after: readonly HeaderPair[]): readonly MetaVariable[] {
  const known = new Map(before.map((variable) => [variable.name, variable]));
  return [...new Map(after)].map(([name, value]) => {
    const own = known.get(name);
    return own?.value === value ? own : { name, value, source: "held" };
  });
}

type Edit = HeldPart["edits"][number];

/** A value that took another's place is one edit. */
function changes(of: Edit["of"], before: Pairs, after: Pairs): Edit[] {
  const left = [...before];
  const take = (isWanted: (pair: Pairs[number]) => boolean) => {
    const at = left.findIndex(isWanted);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const edit = (name: ByteString | null, was: ByteString | null, is: ByteString | null): Edit => ({
    of,
    name: orNull(name, toBytesText),
    was: orNull(was, toBytesText),
    is: orNull(is, toBytesText),
  });
  const added = after.filter(([name, value]) => !take((pair) => pair[0] === name && pair[1] === value));
  const changed = added.map(([name, is]) => edit(name, take((pair) => pair[0] === name)?.[1] ?? null, is));
  return [...changed, ...left.map(([name, was]) => edit(name, was, null))];
}
