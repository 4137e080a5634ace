// Requests that are held for a person.
import { holdRuleOf } from "../app/hold-rules.js";
import type { Workbench } from "../app/workbench.js";
import { fromBytesText } from "../base/decode-text.js";
import { ProblemError } from "../base/problem.js";
import type { BytesText } from "../contract/bytes-text.js";
import type { HoldDecision } from "../http/exchange/holds.js";
import type { HeaderPair } from "../protocol/request.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { refusing } from "./refusal.js";

type Parts = Pick<Workbench, "holds" | "holding" | "folder" | "generation">;

const pairOf = ([name, value]: readonly [BytesText, BytesText]): HeaderPair => [
  fromBytesText(name),
  fromBytesText(value),
];
const bytesOf = ({ base64 }: { readonly base64: string }): Uint8Array => Buffer.from(base64, "base64");

export const holdDomain = ({ holds, holding, folder, generation }: Parts) => {
  const decide = (id: string, decision: HoldDecision) =>
    refusing(() => {
      const held = holds.get(id);
      if (!held) throw new ProblemError(callMessage("request-not-held", { trace: id }));
      held.decide(decision);
      return null;
    });
  return {
    next: os.hold.next.handler(({ input, signal }) =>
      holding.next(input.generation === generation ? input.since : -1, signal ?? never),
    ),
    keep: os.hold.keep.handler(({ input, signal = never }) =>
      refusing(async () => {
        await holds.keep(
          holdRuleOf(input, (file) => folder.current?.relative(file) ?? null),
          signal,
        );
        return null;
      }),
    ),
    go: os.hold.go.handler(({ input: { id, holdsHeaders, variables, args, body, status, headers } }) => {
      const edits = {
        variables: variables?.map(pairOf) ?? null,
        args: args?.map(fromBytesText) ?? null,
        body: body && bytesOf(body),
        status,
        headers: headers?.map(pairOf) ?? null,
      };
      return decide(id, { kind: "continue", edits, holdsHeaders });
    }),
    respond: os.hold.respond.handler(({ input: { id, status, headers, body } }) =>
      decide(id, { kind: "respond", response: { status, headers: headers.map(pairOf), body: bytesOf(body) } }),
    ),
  };
};
