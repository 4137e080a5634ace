// How the tools sign a request in, as headers of the request.
import { firstValue, valuesOf } from "../../protocol/header-values.js";
import { type CollectedRequest, formText, type SignInSecret, withQuery } from "./collection.js";
import { leftOutMessage } from "./messages.js";

interface Given {
  readonly name: string;
  readonly value: string;
  /** At the end of the value. */
  readonly secret: Omit<SignInSecret, "header">;
}

export type SignIn =
  | { readonly kind: "none" }
  | (Given & { readonly kind: "header" | "query" | "cookie" })
  /** Such as OAuth 2, which needs requests of its own. */
  | { readonly kind: "other"; readonly name: string };

const authorization = (value: string, secret: Given["secret"]): SignIn => ({
  kind: "header",
  name: "Authorization",
  value,
  secret,
});

/** As editors write it, which is encoded when the request is sent; but what would be read otherwise is encoded. */
function basic(user: string, password: string): SignIn {
  const pair = `${user}:${password}`;
  const isPlain = /^[^\s:\0]+$/.test(user) && !/[\r\n\0]/.test(password);
  if (isPlain || pair.includes("{{")) return authorization(`Basic ${pair}`, { word: "password", value: password });
  const encoded = Buffer.from(pair).toString("base64");
  return authorization(`Basic ${encoded}`, { word: "credentials", value: password === "" ? "" : encoded });
}

/** `get`: a value of the sign-in, by its name; "": it has none. `place`: the name of where a key goes. */
export function signInBy(type: string, get: (name: string) => string, place: string): SignIn {
  switch (type) {
    case "":
    case "none":
    case "noauth":
      return { kind: "none" };
    case "basic":
      return basic(get("username"), get("password"));
    case "bearer": {
      const token = get("token").trim(); // as a header has it
      const prefix = get("prefix").trim() || "Bearer"; // Insomnia alone has another one, or none
      const value = get("prefix") === "NO_PREFIX" ? token : `${prefix} ${token}`;
      return authorization(value, { word: "token", value: token });
    }
    case "apikey": {
      const kind = /query/i.test(get(place)) ? "query" : /cookie/i.test(get(place)) ? "cookie" : "header";
      const value = kind === "query" ? get("value") : get("value").trim();
      return { kind, name: get("key"), value, secret: { word: "apiKey", value } };
    }
    default:
      return { kind: "other", name: type };
  }
}

/** The request with what signs it in; a header that it has already stays. */
export function signedIn(request: CollectedRequest, signIn: SignIn): CollectedRequest {
  switch (signIn.kind) {
    case "none":
      return request;
    case "header": {
      const { name, value, secret } = signIn;
      const has = firstValue(request.headers, name.toLowerCase()) !== null;
      if (has || name === "") return request;
      return { ...request, headers: [...request.headers, [name, value]], ...secretIn(name, secret) };
    }
    case "query":
      return {
        ...request,
        url: withQuery(request.url, [[signIn.name, signIn.value]]),
        ...secretIn(null, signIn.secret, (value) => formText([["", value]]).slice(1)),
      };
    case "cookie": {
      const isCookie = ([given]: readonly [string, string]): boolean => given.toLowerCase() === "cookie";
      const cookies = [...valuesOf(request.headers, "cookie"), `${signIn.name}=${signIn.value}`];
      const headers = request.headers.filter((header) => !isCookie(header));
      return {
        ...request,
        headers: [...headers, ["Cookie", cookies.join("; ")]],
        ...secretIn("Cookie", signIn.secret),
      };
    }
    case "other":
      return { ...request, notes: [...request.notes, leftOutMessage("sign-in", { kind: signIn.name })] };
  }
}

/** None: it is empty, no header can have it, or a variable or a tag stands for it. */
const secretIn = (
  header: string | null,
  { word, value }: Given["secret"],
  encode = (text: string): string => text,
): Pick<CollectedRequest, "secret"> =>
  value === "" || /\{[{%]/.test(value) || /[\r\n\0]/.test(encode(value))
    ? {}
    : { secret: { word, header, value: encode(value) } };

/** Applies `rename` to each `{{variable}}`. */
export const withVariables = (text: string, rename: (name: string) => string): string =>
  text.replace(/\{\{([^{}]*)\}\}/g, (whole: string, inside: string) => {
    const name = inside.trim();
    return name.includes("\n") ? whole : `{{${rename(name)}}}`;
  });
