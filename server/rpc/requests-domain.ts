// What the composer sends, and its cookie jar.
import type { Sending } from "../app/sender.js";
import type { Workbench } from "../app/workbench.js";
import type { RequestToSend } from "../contract/requests-contract.js";
import type { WindowSessions } from "../features/debug/window-sessions.js";
import { fillComposed } from "../features/saved/fill-composed.js";
import { environmentOf } from "../features/saved/request-files.js";
import { hostField } from "../protocol/missing-headers.js";
import { needTrust } from "../runners/touched/messages.js";
import { never, os } from "./implementer.js";

/** Streams a request in the contract's way: begun, then ended. */
export async function* eventsOf<Result, Ended extends object>(
  { id, done }: Sending<Result>,
  toEnded: (result: Result) => Ended,
): AsyncGenerator<{ kind: "begun"; id: string } | (Ended & { kind: "ended" })> {
  yield { kind: "begun", id };
  yield { ...toEnded(await done), kind: "ended" };
}

/** With the values of its environment. @throws ProblemError */
export async function filledIn(
  folder: Pick<Workbench["folder"], "workspace">,
  request: RequestToSend,
): Promise<RequestToSend> {
  if (request.environment === null) return request;
  const { values } = await environmentOf(folder.workspace(), request.environment);
  return fillComposed(request, values);
}

export const requestsDomain = (
  { sender, folder }: Pick<Workbench, "sender" | "folder">,
  debugging: WindowSessions,
) => ({
  send: os.requests.send.handler(async ({ input, signal = never }) => {
    const from = input.parent === null ? "composer" : "replay";
    if (input.isTouched) needTrust(folder.workspace());
    const options = { signal, onTrace: debugging.claimOf(input.debug) };
    return eventsOf(await sender.send(await filledIn(folder, input), from, options), (sent) => sent);
  }),
  connect: os.requests.connect.handler(async ({ input, signal = never }) => {
    const from = input.parent === null ? "composer" : "replay";
    const options = { signal, onTrace: debugging.claimOf(input.debug) };
    return eventsOf(await sender.connect(await filledIn(folder, input), from, options), (sent) => sent);
  }),
  say: os.requests.say.handler(({ input }) => {
    sender.say(input.id, input.text);
    return null;
  }),
  sendRaw: os.requests.sendRaw.handler(async ({ input, signal = never }) => {
    if (input.isTouched) needTrust(folder.workspace());
    const sending = await sender.sendRaw(input, { signal, onTrace: debugging.claimOf(input.debug) });
    return eventsOf(sending, (ids) => ({ ids: [...ids] }));
  }),
});

export const cookiesDomain = ({ cookies, server }: Pick<Workbench, "cookies" | "server">) => {
  /** The address that it would have, if nothing is served. */
  const ownHost = (): string => {
    const address = server.address();
    return address ? hostField(address.host, address.port) : "127.0.0.1";
  };
  return {
    list: os.cookies.list.handler(async ({ input: { target, host } }) =>
      (await cookies.jar()).list({ target, host: host ?? ownHost() }),
    ),
    set: os.cookies.set.handler(async ({ input: { cookie, replaces } }) => {
      await (await cookies.jar()).set(cookie, replaces);
      return null;
    }),
    remove: os.cookies.remove.handler(async ({ input }) => {
      await (await cookies.jar()).remove(input);
      return null;
    }),
    clear: os.cookies.clear.handler(() => {
      cookies.clear();
      return null;
    }),
  };
};
