// The places of the composed request that values can go into.
import type { RequestDraft } from "../../model/request/draft.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { queryPairs } from "../composer/index.js";

interface ShownPlace {
  /** The place, spelt as in a plan. */
  readonly place: string;
  readonly title: string;
  /** What is there now. */
  readonly value: string;
}

export const wholeRequest = "request";

/** The places that have a name come first: people usually vary these. */
export function placesOf(
  { target, headers, body, raw, method }: RequestDraft,
  subject: string | null,
): readonly ShownPlace[] {
  const whole = { place: wholeRequest, title: "The whole request", value: "" };
  if (raw.isOn) {
    const [, from, to] = /^bytes\.(\d+)-(\d+)$/.exec(subject ?? "") ?? [];
    if (from === undefined) return [whole];
    const value = new TextDecoder().decode(rawToBytes(raw.text).subarray(Number(from), Number(to)));
    return [{ place: `bytes.${from}-${to}`, title: `Selected bytes “${value.slice(0, 40)}”`, value }, whole];
  }
  const fields = body.kind === "form" ? body.fields.filter(({ isFile }) => !isFile) : [];
  const cookies = headers
    .filter(({ name }) => name.toLowerCase() === "cookie")
    .flatMap(({ value }) => value.split(/; */).map((one) => one.split(/=(.*)/s)))
    .map(([name = "", value = ""]) => ({ name, value }));
  const all = [
    ...named("query", "Query parameter", queryPairs(target)),
    ...named("field", "Form field", fields),
    ...named("cookie", "Cookie", cookies),
    ...named("header", "Header", headers),
    { place: "path", title: "Path info", value: "" },
    { place: "method", title: "Method", value: method },
    ...(body.kind === "text" ? [{ place: "body", title: "Body", value: body.text }] : []),
    whole,
  ];
  return all.filter(({ place }, index) => all.findIndex((other) => other.place === place) === index);
}

const named = (
  kind: string,
  title: string,
  pairs: readonly { readonly name: string; readonly value: string }[],
): readonly ShownPlace[] =>
  pairs
    .filter(({ name }) => name !== "")
    .map(({ name, value }) => ({ place: `${kind}.${name}`, title: `${title} ${name}`, value }));
