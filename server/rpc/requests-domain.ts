// What the composer sends, and its cookie jar.
import type { Workbench } from "../app/workbench.js";
import { hostField } from "../protocol/missing-headers.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const requestsDomain = ({ sender }: Pick<Workbench, "sender">) => ({
  send: os.requests.send.handler(({ input }) =>
    refusing(() => sender.send(input, input.parent === null ? "composer" : "replay")),
  ),
  sendRaw: os.requests.sendRaw.handler(({ input, signal = never }) =>
    refusing(async () => ({ ids: await sender.sendRaw(input, { signal }) })),
  ),
});

export const cookiesDomain = ({ cookies, server }: Pick<Workbench, "cookies" | "server">) => {
  /** While nothing is served, as it would be. */
  const ownHost = (): string => {
    const address = server.address();
    return address ? hostField(address.host, address.port) : "127.0.0.1";
  };
  return {
    list: os.cookies.list.handler(({ input: { target, host } }) => cookies.list({ target, host: host ?? ownHost() })),
    set: os.cookies.set.handler(({ input: { cookie, replaces } }) =>
      refusing(async () => {
        await cookies.set(cookie, replaces);
        return null;
      }),
    ),
    remove: os.cookies.remove.handler(async ({ input }) => {
      await cookies.remove(input);
      return null;
    }),
    clear: os.cookies.clear.handler(() => {
      cookies.clear();
      return null;
    }),
  };
};
