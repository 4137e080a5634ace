// The values that a client sent with a request, as their bytes: those of its query, its form and its path.
import type { ByteString } from "../../contract/bytes-text.js";
import { maxFormBytes, rawFormFields } from "../../formats/form-fields.js";
import { byteString, fromBytes, toBytes } from "../../protocol/byte-string.js";
import { firstValue } from "../../protocol/header-values.js";
import { percentDecode } from "../../protocol/percent.js";
import type { TraceFacts } from "../base/facts.js";
import { remembered } from "../base/remembered.js";

interface ClientValue {
  /** "": the whole query or body, where no field has a value. */
  readonly name: ByteString;
  readonly value: ByteString;
}
interface ClientValues {
  readonly query: readonly ClientValue[];
  readonly body: readonly ClientValue[];
}

const urlencoded = "application/x-www-form-urlencoded";

export const clientValues = remembered((facts: Pick<TraceFacts, "request" | "env">): ClientValues => {
  const { request } = facts;
  const query = byteString((variableOf(facts, "QUERY_STRING") ?? "").slice(0, maxFormBytes));
  const body = request.body.read(0, maxFormBytes);
  const type = firstValue(request.headers, "content-type") ?? "";
  return {
    query: valuesOf(fieldsOf(urlencoded, toBytes(query)), query),
    body: body.length === 0 ? [] : valuesOf(fieldsOf(type, body), fromBytes(body)),
  };
});

export const variableOf = ({ env }: Pick<TraceFacts, "env">, name: string): ByteString | null =>
  env?.find((variable) => variable.name === name)?.value ?? null;

const fieldsOf = (type: string, bytes: Uint8Array): ClientValue[] =>
  rawFormFields(type, bytes)?.fields.filter(({ file }) => file === null) ?? [];

const valuesOf = (fields: readonly ClientValue[], whole: ByteString): readonly ClientValue[] =>
  fields.some(({ name, value }) => name !== "" && value !== "") ? fields : [...fields, ...wholes(whole)];

const wholes = (text: ByteString): ClientValue[] =>
  text === ""
    ? []
    : [byteString(text.replaceAll("+", " ")), text].map((one) => ({
        name: byteString(""),
        value: percentDecode(one).value,
      }));
