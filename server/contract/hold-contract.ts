// Holding requests: which ones, what would happen to each next, and what is to happen instead.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { fromBase64 } from "./base64.js";
import { bytesText } from "./bytes-text.js";
import { call } from "./call.js";
import { maxComposedBase64, maxLatencyMs, maxQueryLength } from "./limits.js";
import { header, holdMoment, variable } from "./trace.js";
import { known } from "./workspace.js";

/** A slow network: `latencyMs` passes before the script starts; rates are in bytes a second; null: without. */
const pace = z.object({
  latencyMs: z.int().min(1).max(maxLatencyMs).nullable(),
  upPerSecond: z.int().min(1).nullable(),
  downPerSecond: z.int().min(1).nullable(),
});
export type Pace = z.infer<typeof pace>;

/** `query` is a search for traces, by what is known of a request at that moment; "": every request. */
const holdRule = z.object({
  query: z.string().max(maxQueryLength),
  moment: holdMoment,
  isOnce: z.boolean(),
  /** In place of being held, a request is slow. */
  pace: pace.nullable().default(null),
});
export type HoldRuleInput = z.infer<typeof holdRule>;

const heldPlan = z.discriminatedUnion("moment", [
  z.object({
    moment: z.literal("start"),
    /** What comes before the arguments on the command line. */
    command: z.array(bytesText),
    /** Null: the process runs already, and gets none. */
    args: z.array(bytesText).nullable(),
    variables: z.array(variable),
    bodyBytes: z.int(),
    /** So many of its first bytes can be read, as the stream `request-body` of the trace. */
    bodyCaptured: z.int(),
    /** The script speaks HTTP itself: it is not held again after its headers. */
    isNph: z.boolean(),
  }),
  z.object({ moment: z.literal("headers"), status: z.int(), headers: z.array(header) }),
]);

const heldRequest = z.object({
  /** The id is that of its trace. */
  id: z.string(),
  seq: z.int(),
  method: z.string(),
  target: z.string(),
  /** It is held since then, Unix time in ms. */
  since: z.number(),
  plan: heldPlan,
});
export type HeldRequest = z.infer<typeof heldRequest>;

const holdState = z.object({
  rev: z.int().nonnegative(),
  generation: z.string(),
  /** The one that has waited longest comes first. */
  held: z.array(heldRequest),
});
export type HoldState = z.infer<typeof holdState>;

/** Text whose bytes match, in either form. */
const matching = (pattern: RegExp) =>
  bytesText.refine((text) => pattern.test(typeof text === "string" ? text : (fromBase64(text.base64) ?? "")));
const variableName = matching(/^[^=\0]+$/);
const noNul = matching(/^[^\0]*$/);
const fieldName = matching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
const fieldValue = matching(/^[^\r\n\0]*$/);

/** Each part that is given takes the place of what was planned. */
const holdDecision = z
  .object({
    variables: z.array(z.tuple([variableName, noNul])).max(1000),
    args: z.array(noNul).max(1000),
    body: z.object({ base64: z.base64().max(maxComposedBase64) }),
    status: z.int().min(200).max(599),
    headers: z.array(z.tuple([fieldName, fieldValue])).max(500),
    /** The status, headers and body are the response, in the script's place. */
    isByHand: z.boolean(),
    /** It is held again when its headers are there. */
    holdsHeaders: z.boolean(),
  })
  .partial();
export type HoldDecision = z.infer<typeof holdDecision>;

export const holdContract = {
  /** Resolves once `rev` is above `since` (−1: at once). */
  next: oc.input(known).output(holdState),
  /**
   * Holds what the rule matches for as long as the call lasts; one that holds the next request alone ends when that
   * goes on. When the call is aborted, or its connection closes, what it holds goes on as it was.
   */
  keep: call.input(holdRule).output(z.null()),
  /**
   * Lets a held request go on, with the given parts in place of the planned ones, or sends the response by hand.
   * `moment` names which hold is meant: by then the request may be held again.
   */
  go: call.input(holdDecision.extend({ id: z.string().max(64), moment: holdMoment })).output(z.null()),
};
