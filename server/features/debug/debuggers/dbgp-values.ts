// Values of PHP, as Xdebug sends them, as text.
import type { XmlElement } from "./dbgp-connection.js";
import { cut } from "./translated-link.js";

const rawText = ({ text, attributes: { encoding } }: XmlElement): string =>
  encoding === "base64" ? Buffer.from(text, "base64").toString() : text;

export const isSet = (property: XmlElement): boolean => rawText(property) === "1";

/** `isQuoted`: a string is shown as one. */
export function propertyText(property: XmlElement, isQuoted: boolean): string {
  const { type, classname = "object", numchildren } = property.attributes;
  const raw = rawText(property);
  switch (type) {
    case "string":
      return cut(isQuoted ? JSON.stringify(raw) : raw);
    case "array":
      return `array(${numchildren})`;
    case "object":
      return classname;
    case "bool":
      return String(isSet(property));
    case "null":
      return "null";
    case "uninitialized":
      return "(not set)";
    default:
      return cut(raw);
  }
}
