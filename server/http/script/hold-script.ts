// What a person may change of a script's run while it is held, and how that is written down in the trace.
import { toBytesText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Mode } from "../../contract/modes.js";
import { byteString, latin1 } from "../../protocol/byte-string.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { ScriptResponse } from "../../protocol/script-response.js";
import { headerText, variableJson } from "../../trace/formats/trace-json.js";
import type { HeldEdit } from "../../trace/trace-record.js";
import type { HoldEdits, Holds } from "../exchange/holds.js";
import { exchangeMessage } from "../exchange/messages.js";
import { type RequestBody, typedBody } from "./request-body.js";
import type { ScriptInput, ScriptInputs, ScriptInvocation } from "./script-inputs.js";
import type { ScriptRun } from "./script-run.js";

/** A script is started with these; `input` null: with what follows from the request. */
export interface Start {
  readonly body: RequestBody;
  readonly input: ScriptInput | null;
}
type Answered = Pick<ScriptInvocation, "exchange" | "trace">;

/**
 * Holds the request before it takes a permit, so that it keeps nobody else from running. Null: it has its response.
 */
export async function holdStart(
  holds: Holds,
  inputs: ScriptInputs,
  step: ScriptInvocation,
  mode: Mode,
  body: RequestBody,
): Promise<Start | null> {
  const { exchange, trace } = step;
  const input = inputs.of(step, mode, body.length);
  const { argv, words, variables, isNph } = input;
  const args = words === null ? null : argv.slice(argv.length - words);
  const command = argv.slice(0, argv.length - (words ?? 0));
  const holding = holds.hold(exchange, trace, {
    moment: "start",
    isNph,
    bodyBytes: body.length ?? 0,
    bodyCaptured: trace.request.body.captured,
    command: command.map(toBytesText),
    args: args?.map(toBytesText) ?? null,
    variables: variables.map(variableJson),
  });
  if (holding === null) return { body, input };
  exchange.permit?.release(); // of the script whose local redirect led here
  exchange.permit = null;
  const released = await holding;
  if (released && !released.decision.isByHand) {
    const edits = released.decision;
    const edited = edits.variables && variablesOf(variables, edits.variables);
    released.record.edits = [
      ...changes("variable", pairsOf(variables), edited && pairsOf(edited)),
      ...changes("argument", numbered(args ?? []), edits.args && numbered(edits.args)),
      ...(edits.body ? [{ of: "body", name: null, was: null, is: null } as const] : []),
    ];
    if (edits.body) body.dispose();
    return {
      body: edits.body ? typedBody(edits.body) : body,
      input: inputs.edited(step, input, { variables: edited, args: edits.args }),
    };
  }
  body.dispose();
  if (released) respondByHand(step, released.decision);
  else exchange.respondAborted();
  return null;
}

/** Holds the response of a script. `asPlanned` responds as the script said. */
export async function holdHeaders(
  holds: Holds,
  { exchange, trace }: Answered,
  run: ScriptRun,
  { status, reason, headers: all }: ScriptResponse,
  asPlanned: () => void,
): Promise<null> {
  const headers = all.filter(([name]) => !/^status$/i.test(name));
  const planned = { status: status ?? 200, reason: reason ?? byteString(""), headers };
  const shown = { status: planned.status, reason: toBytesText(planned.reason), headers: headers.map(headerText) };
  const holding = holds.hold(exchange, trace, { moment: "headers", ...shown });
  if (holding === null) {
    asPlanned();
    return null;
  }
  run.hold();
  void run.over.then(() => exchange.permit?.release()); // others may run while a person looks at the headers
  const released = await holding;
  const edits = released?.decision;
  if (!released || !edits) exchange.respondAborted();
  else if (edits.isByHand) {
    run.discard();
    respondByHand({ exchange, trace }, edits);
  } else if (edits.status !== null || edits.headers !== null) {
    const line =
      edits.status === null || edits.status === planned.status
        ? planned
        : { status: edits.status, reason: byteString("") };
    released.record.edits = [
      ...changes("status", statusOf(planned), statusOf(line)),
      ...changes("header", headers, edits.headers),
    ];
    run.flowTo(exchange.respond({ ...line, headers: edits.headers ?? headers }, null));
  } else asPlanned();
  return null;
}

function respondByHand({ exchange, trace }: Answered, { status, headers, body }: HoldEdits): void {
  exchange.setOutcome("ok", exchangeMessage("answered-by-hand"), trace);
  exchange.respondWhole(status ?? 200, headers ?? [], body ?? Buffer.alloc(0));
}

type Pairs = readonly (readonly [name: ByteString | null, value: ByteString])[];

const pairsOf = (variables: readonly MetaVariable[]): Pairs => variables.map(({ name, value }) => [name, value]);
const text = (number: number): ByteString => latin1(String(number));
const numbered = (words: readonly ByteString[]): Pairs => words.map((word, index) => [text(index + 1), word]);
const statusOf = ({ status }: { readonly status: number }): Pairs => [[null, text(status)]];

/** A variable that is as it was keeps its source. The last of a name counts, as it does in an environment. */
function variablesOf(before: readonly MetaVariable[], after: readonly HeaderPair[]): readonly MetaVariable[] {
  const known = new Map(before.map((variable) => [variable.name, variable]));
  return [...new Map(after)].map(([name, value]) => {
    const own = known.get(name);
    return own?.value === value ? own : { name, value, source: "held" };
  });
}

/** A value that took another's place is one edit. `after` null: none is changed. */
function changes(of: HeldEdit["of"], before: Pairs, after: Pairs | null): HeldEdit[] {
  if (after === null) return [];
  const left = [...before];
  const added = after.filter(([name, value]) => !take(left, (pair) => pair[0] === name && pair[1] === value));
  const changed = added.map(([name, is]) => {
    const [, was] = take(left, (pair) => pair[0] === name) ?? [];
    return { of, name, was: was ?? null, is };
  });
  return [...changed, ...left.map(([name, was]) => ({ of, name, was, is: null }))];
}

function take<T>(list: T[], isWanted: (one: T) => boolean): T | undefined {
  const at = list.findIndex(isWanted);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
