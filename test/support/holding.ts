// A person who holds requests of a gateway, for tests.
import { fromBytesText, toBytesText } from "../../server/base/decode-text.js";
import type { ByteString, BytesText } from "../../server/contract/bytes-text.js";
import type { HoldDecision, Pace } from "../../server/contract/hold-contract.js";
import type { HoldMoment } from "../../server/contract/trace.js";
import type { Held } from "../../server/http/exchange/holds.js";
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

type Pairs = readonly (readonly [name: ByteString, value: ByteString])[];

/** The parts that take the place of what was planned. */
interface Edits {
  readonly variables?: Pairs;
  readonly args?: readonly ByteString[];
  readonly body?: Buffer;
  readonly status?: number;
  readonly headers?: Pairs;
}

const textOf = (pairs: Pairs) =>
  pairs.map(([name, value]): [BytesText, BytesText] => [toBytesText(name), toBytesText(value)]);

/** As a window sends it. */
export const goOn = ({ variables, args, body, status, headers }: Edits = {}, holdsHeaders = false): HoldDecision => ({
  variables: variables && textOf(variables),
  args: args?.map(toBytesText),
  body: body && { base64: body.toString("base64") },
  status,
  headers: headers && textOf(headers),
  holdsHeaders,
});

export const byHand = (response: Edits): HoldDecision => ({ ...goOn(response), isByHand: true });

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
