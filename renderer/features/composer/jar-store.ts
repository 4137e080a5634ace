// The server's cookie jar as it concerns the request in the composer: asked for anew when the target or Host changes,
// after each request, and after each change made here. The newest question's answer counts.

import { create } from "zustand";
import type { CookieList, CookiePlace, JarCookie } from "../../../server/contract/cookies-contract.js";
import { useComposer } from "../../model/request/composer-store.js";
import { pair, type RequestDraft } from "../../model/request/draft.js";
import { notifyFailure } from "../../platform/notices.js";
import { whenIdle } from "../../platform/when-idle.js";
import type { Client } from "../../rpc/connection.js";
import { isConnectionLost } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";
import { useClientOptions } from "./client-options.js";

export const useJar = create<CookieList>()(() => ({ rev: 0, cookies: [], header: null }));

let question = 0;

/** Asks the server for the jar. */
export async function readJar(): Promise<void> {
  const { client } = useServer.getState();
  if (!client) return;
  const asked = ++question;
  const { target, headers } = useComposer.getState();
  const host = headers.find(({ name }) => name.toLowerCase() === "host")?.value ?? null;
  try {
    const list = await client.cookies.list({ target, host });
    if (asked === question) useJar.setState(list, true);
  } catch (error) {
    // the window reports a lost connection, and the jar is read again with the next one
    if (!isConnectionLost(error)) console.error("The cookies could not be read.", error);
  }
}

let isFirst = true;
let isAwaited = false;

/** For the first time when the page has what it shows: its rows come first. */
function follow(): void {
  if (!isFirst) return void readJar(); // reports its own failures
  if (isAwaited) return;
  isAwaited = true;
  whenIdle(() => {
    isFirst = false;
    void readJar();
  });
}

/** Follows the composer and the connection. Once, at the start of the page. */
export function followJar(): void {
  useComposer.subscribe(({ target, headers, isRunning }, before) => {
    if (target !== before.target || headers !== before.headers || (before.isRunning && !isRunning)) follow();
  });
  useServer.subscribe(({ client, state }, before) => {
    if (client !== before.client || state?.workspace?.root !== before.state?.workspace?.root) follow();
  });
}

/** Puts a cookie in; in the place of another one when that is given. */
export const setCookie = (cookie: JarCookie, replaces: CookiePlace | null): Promise<boolean> =>
  changeJar("The cookie was not kept", (client) => client.cookies.set({ cookie, replaces }));
export const removeCookie = ({ name, domain, path }: CookiePlace): Promise<boolean> =>
  changeJar("The cookie was not removed", (client) => client.cookies.remove({ name, domain, path }));
export const clearCookies = (): Promise<boolean> =>
  changeJar("The cookies were not removed", (client) => client.cookies.clear());

let changing: Promise<unknown> = Promise.resolve();

/** Resolves when every change made so far has reached the jar: a request sent right after one must have it. */
export async function jarSettled(): Promise<void> {
  await changing;
}

function changeJar(failure: string, change: (client: Client) => Promise<null>): Promise<boolean> {
  const changed = makeChange(failure, change);
  changing = changed;
  return changed;
}

async function makeChange(failure: string, change: (client: Client) => Promise<null>): Promise<boolean> {
  try {
    await change(connected());
    return true;
  } catch (error) {
    notifyFailure(failure, error);
    return false;
  } finally {
    await readJar();
  }
}

/** With the cookies that the jar sends along as a header of its own, if that is text: one of them can be changed. */
export function withJarCookies(draft: RequestDraft): RequestDraft {
  const { header } = useJar.getState();
  const hasOwn = draft.headers.some(({ name }) => name.toLowerCase() === "cookie");
  if (typeof header !== "string" || hasOwn || draft.raw.isOn || !useClientOptions.getState().cookies) return draft;
  return { ...draft, headers: [...draft.headers, pair("Cookie", header)] };
}
