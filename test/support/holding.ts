// A person who holds requests of a gateway, for tests.
import { fromBytesText } from "../../server/base/decode-text.js";
import type { HoldMoment, Pace } from "../../server/contract/hold-contract.js";
import type { Held, HoldDecision } from "../../server/http/exchange/holds.js";
import { byteString } from "../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../server/trace/trace-record.js";
import type { TestGateway } from "./gateway.js";
import { waitFor } from "./wait-for.js";

interface Wished {
  readonly moment?: HoldMoment;
  readonly isOnce?: boolean;
  readonly pace?: Pace | null;
  readonly matches?: (trace: TraceRecord) => boolean;
}

/** Holds what matches until the returned controller aborts. */
export function holding(
  gateway: TestGateway,
  { moment = "start", isOnce = false, pace = null, matches = () => true }: Wished = {},
): { readonly done: Promise<void>; readonly leave: () => void } {
  const leaving = new AbortController();
  const done = gateway.holds.keep({ query: "", moment, isOnce, pace, matches }, leaving.signal);
  return { done, leave: () => leaving.abort() };
}

/** So many held requests, in the order of their numbers. */
export const held = async (gateway: TestGateway, count: number): Promise<readonly Held[]> =>
  waitFor(
    () => `${count} held requests, ${gateway.holds.held.length} so far`,
    () => gateway.holds.held.length === count && gateway.holds.held.toSorted((a, b) => a.trace.seq - b.trace.seq),
  );

export async function onlyHeld(gateway: TestGateway, moment: HoldMoment = "start"): Promise<Held> {
  const [one] = await held(gateway, 1);
  if (one?.plan.moment !== moment) throw new Error(`held at ${one?.plan.moment}`);
  return one;
}

export const goOn = (edits: HoldDecision = {}, holdsHeaders = false): HoldDecision => ({ ...edits, holdsHeaders });

export const byHand = (response: Pick<HoldDecision, "status" | "headers" | "body">): HoldDecision => ({
  ...response,
  isByHand: true,
});

/** The planned variables, some with other values, some left out, and further ones. */
export function variablesOf({ plan }: Held, changed: Readonly<Record<string, string | null>>) {
  if (plan.moment !== "start") throw new Error("held after its headers");
  const all = new Map(plan.variables.map(({ name, value }) => [fromBytesText(name), fromBytesText(value)]));
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) all.delete(byteString(name));
    else all.set(byteString(name), byteString(value));
  }
  return [...all];
}
