// Requests that are held for a person.
import { holdRuleOf } from "../app/hold-rules.js";
import type { Workbench } from "../app/workbench.js";
import { fromBytesText } from "../base/decode-text.js";
import { ProblemError } from "../base/problem.js";
import type { BytesText } from "../contract/bytes-text.js";
import type { HoldMoment } from "../contract/hold-contract.js";
import { maxHeld } from "../contract/limits.js";
import type { HoldDecision } from "../http/exchange/holds.js";
import type { HeaderPair } from "../protocol/request.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { refusing } from "./refusal.js";

interface HeldAt {
  readonly id: string;
  readonly moment: HoldMoment;
}
type Parts = Pick<Workbench, "holds" | "holding" | "folder" | "generation">;

const pairOf = ([name, value]: readonly [BytesText, BytesText]): HeaderPair => [
  fromBytesText(name),
  fromBytesText(value),
];
const bytesOf = ({ base64 }: { readonly base64: string }): Uint8Array => Buffer.from(base64, "base64");

export const holdDomain = ({ holds, holding, folder, generation }: Parts) => {
  const decide = ({ id, moment }: HeldAt, decision: HoldDecision) =>
    refusing(() => {
      const held = holds.get(id);
      if (held?.plan.moment !== moment) throw new ProblemError(callMessage("request-not-held", { trace: id }));
      held.decide(decision);
      return null;
    });
  return {
    next: os.hold.next.handler(({ input, signal }) =>
      holding.next(input.generation === generation ? input.since : -1, signal ?? never),
    ),
    keep: os.hold.keep.handler(({ input, signal = never }) =>
      refusing(async () => {
        if (holds.rules.length >= maxHeld)
          throw new ProblemError(callMessage("too-many-hold-rules", { limit: maxHeld }));
        await holds.keep(
          holdRuleOf(input, (file) => folder.current?.relative(file) ?? null),
          signal,
        );
        return null;
      }),
    ),
    go: os.hold.go.handler(({ input: { holdsHeaders, variables, args, body, status, headers, ...which } }) => {
      const edits = {
        variables: variables?.map(pairOf) ?? null,
        args: args?.map(fromBytesText) ?? null,
        body: body && bytesOf(body),
        status,
        headers: headers?.map(pairOf) ?? null,
      };
      return decide(which, { kind: "continue", edits, holdsHeaders });
    }),
    respond: os.hold.respond.handler(({ input: { status, headers, body, ...which } }) =>
      decide(which, { kind: "respond", response: { status, headers: headers.map(pairOf), body: bytesOf(body) } }),
    ),
  };
};
