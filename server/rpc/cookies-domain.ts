// The composer's cookie jar.

import type { Workbench } from "../app/workbench.js";
import { hostField } from "../protocol/missing-headers.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const cookiesDomain = (workbench: Workbench) => ({
  list: os.cookies.list.handler(({ input: { target, host } }) =>
    workbench.cookies.list({ target, host: host ?? ownHost(workbench) }),
  ),
  set: os.cookies.set.handler(({ input: { cookie, replaces } }) =>
    refusing(async () => {
      await workbench.cookies.set(cookie, replaces);
      return null;
    }),
  ),
  remove: os.cookies.remove.handler(async ({ input }) => {
    await workbench.cookies.remove(input);
    return null;
  }),
  clear: os.cookies.clear.handler(() => {
    workbench.cookies.clear();
    return null;
  }),
});

/** While nothing is served, as it would be. */
function ownHost(workbench: Workbench): string {
  const address = workbench.address();
  return address ? hostField(address.host, address.port) : "127.0.0.1";
}
