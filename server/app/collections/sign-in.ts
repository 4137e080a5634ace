// How the tools sign a request in, as headers of the request.
import { firstValue, valuesOf } from "../../protocol/header-values.js";
import { type CollectedRequest, withQuery } from "./collection.js";
import { leftOutMessage } from "./messages.js";

export type SignIn =
  | { readonly kind: "none" }
  | { readonly kind: "header"; readonly name: string; readonly value: string }
  | { readonly kind: "query" | "cookie"; readonly name: string; readonly value: string }
  /** Such as OAuth 2, which needs requests of its own. */
  | { readonly kind: "other"; readonly name: string };

const authorization = (value: string): SignIn => ({ kind: "header", name: "Authorization", value });

/** With variables as editors write it: they are encoded when the request is sent. */
export function basic(user: string, password: string): SignIn {
  const pair = `${user}:${password}`;
  return authorization(`Basic ${pair.includes("{{") ? pair : Buffer.from(pair).toString("base64")}`);
}

/** `prefix`: "Bearer" unless it says otherwise; null: none. */
export const bearer = (token: string, prefix: string | null = ""): SignIn =>
  authorization(prefix === null ? token : `${prefix.trim() || "Bearer"} ${token}`);

export const apiKey = (name: string, value: string, kind: "header" | "query" | "cookie"): SignIn => ({
  kind,
  name,
  value,
});

/** The request with what signs it in; a header that it has already stays. */
export function signedIn(request: CollectedRequest, signIn: SignIn): CollectedRequest {
  switch (signIn.kind) {
    case "none":
      return request;
    case "header": {
      const { name, value } = signIn;
      const has = firstValue(request.headers, name.toLowerCase()) !== null;
      return has || name === "" ? request : { ...request, headers: [...request.headers, [name, value]] };
    }
    case "query":
      return { ...request, url: withQuery(request.url, [[signIn.name, signIn.value]]) };
    case "cookie": {
      const isCookie = ([given]: readonly [string, string]): boolean => given.toLowerCase() === "cookie";
      const cookies = [...valuesOf(request.headers, "cookie"), `${signIn.name}=${signIn.value}`];
      const headers = request.headers.filter((header) => !isCookie(header));
      return { ...request, headers: [...headers, ["Cookie", cookies.join("; ")]] };
    }
    case "other":
      return { ...request, notes: [...request.notes, leftOutMessage("sign-in", { kind: signIn.name })] };
  }
}

/** Applies `rename` to each `{{variable}}`. */
export const withVariables = (text: string, rename: (name: string) => string): string =>
  text.replace(/\{\{([^{}]*)\}\}/g, (whole: string, inside: string) => {
    const name = inside.trim();
    return name.includes("\n") ? whole : `{{${rename(name)}}}`;
  });
