// The browser shell's token. It arrives in the address's fragment, which no server sees, and moves to sessionStorage: that
// survives a reload, dies with the tab and cannot be read from another port. It is sent as the socket's first message only.

const key = "workbench.token";

/** The token of this tab, taken out of the address when it is there; null when there is none. */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return sessionStorage.getItem(key);
  sessionStorage.setItem(key, token);
  history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
