// The browser shell's secrets. A one-time code arrives in the address's fragment, which no server sees;
// its proof brings the token. Both are kept in sessionStorage: that survives a reload, dies with the
// tab and cannot be read from another port.
import { codeParameter, tokenHello } from "../../server/contract/window-proof.js";

export interface WindowSecret {
  /** Which secret: "token", or the id of a code. */
  readonly name: string;
  readonly secret: string;
  /**
   * With a code: this page's own nonce, as hex. Only this page can prove the code
   * again. Null: a new one for each connection.
   */
  readonly nonce: string | null;
}

const keys = { code: "workbench.code", nonce: "workbench.nonce", token: "workbench.token" } as const;

/** The secret to prove: the code of the address, else the token of this tab; null if it has none. */
export function windowSecret(): WindowSecret | null {
  const given = new URLSearchParams(location.hash.slice(1)).get(codeParameter);
  if (given !== null) {
    sessionStorage.setItem(keys.code, given); // a reload before the token has come still finds it
    sessionStorage.setItem(keys.nonce, newNonce());
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  const [name = "", secret = ""] = sessionStorage.getItem(keys.code)?.split(".") ?? [];
  if (name !== "" && secret !== "") return { name, secret, nonce: sessionStorage.getItem(keys.nonce) };
  const token = sessionStorage.getItem(keys.token);
  return token === null ? null : { name: tokenHello, secret: token, nonce: null };
}

/** The code was used; its proof brought this token. */
export function keepToken(token: string): void {
  sessionStorage.setItem(keys.token, token);
  forgetCode();
}

function forgetCode(): void {
  sessionStorage.removeItem(keys.code);
  sessionStorage.removeItem(keys.nonce);
}

/** The server refused the secret. True if the tab has another one. */
export function dropRefused({ name }: WindowSecret): boolean {
  if (name === tokenHello) return false;
  forgetCode();
  return sessionStorage.getItem(keys.token) !== null;
}

export const newNonce = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
