// Explains the names of headers and status codes. The table has 20 kB: load it on first use.
import { browserFields } from "./browser-fields.js";
import { type NameExplanation, tableOf } from "./explanation.js";
import { generalFields } from "./general-fields.js";
import { statusTexts } from "./statuses.js";

const fields = tableOf([...generalFields, ...browserFields]);
const statuses: ReadonlyMap<number, NameExplanation> = new Map(
  statusTexts.map(([name, text, reference]) => [Number(name.slice(0, 3)), { name, text, reference }]),
);
const classes: Readonly<Record<number, string>> = {
  1: "An interim status; the response follows.",
  2: "It worked.",
  3: "The client is to look elsewhere.",
  4: "The request is at fault, as the server sees it.",
  5: "The server failed.",
};

/** `name` in any case; null for one that is not in the table. */
export const explainField = (name: string): NameExplanation | null => fields.get(name.toLowerCase()) ?? null;

/** Every header name the table has, as it is usually written. */
export const knownFieldNames = (): string[] => [...fields.values()].map(({ name }) => name);

/** Every registered status with its reason phrase: "404 Not Found". */
export const knownStatuses = (): string[] => [...statuses.values()].map(({ name }) => name);

/** Explains an unregistered status by its first digit; null if that is not 1 to 5. */
export function explainStatus(status: number): NameExplanation | null {
  const text = classes[Math.floor(status / 100)];
  return (
    statuses.get(status) ??
    (text === undefined
      ? null
      : { name: String(status), text: `Not a registered status. ${text}`, reference: "RFC 9110 §15" })
  );
}
