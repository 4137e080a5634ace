// What the windows know of the requests that are held.
import { toBytesText, toDisplayText } from "../base/decode-text.js";
import type { HeldRequest, HoldState } from "../contract/hold-contract.js";
import type { Held, HeldPlan, Holds } from "../http/exchange/holds.js";
import { headerText, variableJson } from "../trace/formats/trace-json.js";

export const holdStateOf = (rev: number, generation: string, { held, rules }: Holds): HoldState => ({
  rev,
  generation,
  held: held.map(heldRequest),
  rules: rules.map(({ query, moment, isOnce, pace }) => ({ query, moment, isOnce, pace })),
});

const heldRequest = ({ trace: { id, seq, request, client }, plan, since }: Held): HeldRequest => ({
  ...{ id, seq, since, from: client.from },
  method: toDisplayText(request.method),
  target: toDisplayText(request.target),
  plan: planJson(plan, request.body.captured),
});

const planJson = (plan: HeldPlan, bodyCaptured: number): HeldRequest["plan"] =>
  plan.moment === "headers"
    ? { ...plan, reason: toBytesText(plan.reason), headers: plan.headers.map(headerText) }
    : {
        ...plan,
        bodyCaptured,
        command: plan.command.map(toBytesText),
        args: plan.args?.map(toBytesText) ?? null,
        variables: plan.variables.map(variableJson),
      };
