// Whether a file is HAR 1.2, as an independent schema says.
import { Ajv } from "ajv";
import draft6 from "ajv/dist/refs/json-schema-draft-06.json" with { type: "json" };
import schemas from "har-schema";

const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));
const ajv = new Ajv({
  strict: false, // the schema has words of its own ("optional")
  allErrors: true,
  schemas: [draft6, ...Object.values(schemas)],
  formats: { "date-time": isDate, uri: URL.canParse, ipv4: /^[\d.]+$/, ipv6: /^[\da-f:]+$/i },
});

/** What is wrong with it; empty for a HAR file. */
export function mistakesInHar(har: unknown): readonly string[] {
  const isValid = ajv.validate("har.json#", har);
  return isValid ? [] : (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
