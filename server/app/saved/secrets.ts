// Keeps the values of secret variables out of what is printed, stored or shown as a result.
import type { Values } from "../../protocol/http-file/environments.js";

const mask = "•••";
/** In the environments that are no secret file, too. */
const secretName = /pass|secret|token|credential|api_?-?key|auth|cookie|session/i;

/** Whether the name of a variable says that its value is a secret. */
export const isSecretName = (name: string): boolean => secretName.test(name);

/** Those of `open` that their names call secret, and all of `hidden`. */
export function secretValues(open: Values, hidden: Values): readonly string[] {
  return [...[...open].flatMap(([name, value]) => (isSecretName(name) ? [value] : [])), ...hidden.values()];
}

/** Replaces them in a text, in the forms in which a response repeats them. */
export function masking(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(Buffer.from(secret).toString()), // without half characters, which have no such form
      Buffer.from(secret).toString("base64"),
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ]),
  );
  const longestFirst = [...forms].filter((form) => form !== "").toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, mask), text);
}
