// The requests that a plan makes of one: how many, and each when its turn comes.
import { ProblemError } from "../../base/problem.js";
import type { OutgoingRequest } from "../../client/send-request.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { maxVariations } from "../../contract/limits.js";
import type { RawRequest, RequestToSend } from "../../contract/requests-contract.js";
import type { ExpectationName, VariationPlan } from "../../contract/variations-contract.js";
import { type Place, placeOf, withBytes, withValue } from "../../formats/variations/place.js";
import { combined, unknownProbe, type Values, valuesOf } from "../../formats/variations/values.js";
import type { VariedValue } from "../../formats/variations/varied-value.js";
import { fromBytes, latin1, toBytes } from "../../protocol/byte-string.js";
import { variationsProblem } from "./messages.js";

export interface Variations {
  readonly request: RequestToSend | RawRequest;
  readonly count: number;
  readonly rate: number | null;
  readonly expects: readonly ExpectationName[];
  /** How many of them use another method than GET and HEAD. */
  unsafe(): number;
  at(index: number): readonly VariedValue[];
  /** The bytes, with the values in them. */
  rawWith(request: RawRequest, values: readonly VariedValue[]): RawRequest;
  /** Puts the values into the composed request. */
  change(request: OutgoingRequest, values: readonly VariedValue[]): OutgoingRequest;
}

/** @throws ProblemError for a plan that makes no requests, or too many */
export function variationsOf(request: RequestToSend | RawRequest, plan: VariationPlan): Variations {
  const varied = plan.vary.map(({ place, set }) => {
    const found = placeOf(place);
    if (found === null) throw new ProblemError(variationsProblem("variation-place-unknown", { place }));
    const isWhole = set.kind === "times" || set.kind === "probes";
    const isFit =
      isWhole === (found.kind === "request") && (isWhole || "method" in request !== (found.kind === "bytes"));
    const isAlone = set.kind !== "probes" || (plan.vary.length === 1 && "method" in request);
    if (!isFit || !isAlone) throw new ProblemError(variationsProblem("variation-set-misplaced", { place }));
    const name = set.kind === "probes" ? unknownProbe(set.only) : undefined;
    if (name !== undefined) throw new ProblemError(variationsProblem("variation-probe-unknown", { name }));
    return { place: found, values: valuesOf(set) };
  });
  const sets = varied.map(({ values }): Values => values);
  const { count, at } = combined(sets, plan.pairing);
  if (count > maxVariations)
    throw new ProblemError(variationsProblem("variation-count", { count, most: maxVariations }));
  const expects = plan.expect ?? [...new Set(sets.flatMap((set) => set.expects))];
  const places = varied.map(({ place }) => place);
  const unsafe = (): number => {
    const tried =
      varied.findLast(({ place }) => place.kind === "method")?.values ?? sets.find((set) => set.at(0).probe);
    if (!tried) return isSafe(methodOf(request)) ? 0 : count;
    const used = plan.pairing === "each" ? tried.count : count;
    const aim = { target: latin1("/"), host: "localhost", form: "method" in request ? formOf(request) : latin1("") };
    const methods = Array.from({ length: used }, (_, index) => {
      const { probe, bytes } = tried.at(index);
      return probe ? firstWord(probe.bytes(aim)) : (bytes[0] ?? "");
    });
    return methods.filter((method) => !isSafe(method)).length * (count / used);
  };
  const change: Variations["change"] = (given, values) => changed(given, places, values);
  const rawWith: Variations["rawWith"] = (given, values) => {
    const bytes = fromBytes(Buffer.from(given.base64, "base64"));
    return { ...given, base64: Buffer.from(toBytes(withBytes(bytes, places, values))).toString("base64") };
  };
  return { request, count, rate: plan.rate, expects, unsafe, at, rawWith, change };
}

function changed(request: OutgoingRequest, places: readonly Place[], values: readonly VariedValue[]): OutgoingRequest {
  const { body } = request;
  const text = body !== null && "bytes" in body ? fromBytes(body.bytes) : latin1("");
  const varied = places.reduce(
    (before, place, index) => {
      const value = values[index];
      return value === undefined ? before : withValue(before, place, value);
    },
    { ...request, body: text },
  );
  return { ...varied, body: varied.body === "" && body === null ? null : { bytes: toBytes(varied.body) } };
}

/** The fields of a form that the request posts; "": there is none. */
export function formOf({ headers, body }: RequestToSend): ByteString {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (body === null || !("base64" in body) || !/^application\/x-www-form-urlencoded\b/i.test(type)) return latin1("");
  return fromBytes(Buffer.from(body.base64, "base64"));
}

const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";

function methodOf(request: RequestToSend | RawRequest): string {
  if ("method" in request) return request.method;
  const text = Buffer.from(request.base64, "base64").toString("latin1");
  const others = [...text.matchAll(/^(\S+) \S+ HTTP\//gm)].map(([, method = ""]) => method); // one behind the other
  return others.find((method) => !isSafe(method)) ?? firstWord(text);
}

const firstWord = (text: string): string => text.split(/[ \r\n]/, 1)[0] ?? "";
