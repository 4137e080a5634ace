// What the windows know of the requests that are held.
import { toBytesText, toDisplayText } from "../base/decode-text.js";
import type { HeldRequest, HoldState } from "../contract/hold-contract.js";
import type { Held, HeldPlan, Holds } from "../http/exchange/holds.js";
import { variableStanding } from "../protocol/variable-standing.js";
import { headerText } from "../trace/formats/trace-json.js";

export const holdStateOf = (rev: number, generation: string, { held, rules }: Holds): HoldState => ({
  rev,
  generation,
  held: held.map(heldRequest),
  rules: rules.map(({ query, moment, isOnce, pace }) => ({ query, moment, isOnce, pace })),
});

const heldRequest = ({ trace, plan, since }: Held): HeldRequest => ({
  id: trace.id,
  seq: trace.seq,
  method: toDisplayText(trace.request.method),
  target: toDisplayText(trace.request.target),
  from: trace.client.from,
  since,
  plan: planJson(plan, trace.request.body.captured),
});

function planJson(plan: HeldPlan, bodyCaptured: number): HeldRequest["plan"] {
  const { moment } = plan;
  if (moment === "headers") {
    const { status, reason, headers } = plan;
    return { moment, status, reason: toBytesText(reason), headers: headers.map(headerText) };
  }
  const { command, args, variables, bodyBytes, isNph } = plan;
  return {
    ...{ moment, bodyBytes, bodyCaptured, isNph },
    command: command.map(toBytesText),
    args: args?.map(toBytesText) ?? null,
    variables: variables.map(({ name, value, source }) => ({
      ...{ name: toBytesText(name), value: toBytesText(value), source },
      standing: variableStanding(name),
    })),
  };
}
