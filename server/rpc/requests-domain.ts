// What the composer sends.
import type { Workbench } from "../app/workbench.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const requestsDomain = (workbench: Workbench) => ({
  send: os.requests.send.handler(({ input }) =>
    refusing(() => workbench.send(input, input.parent === null ? "composer" : "replay")),
  ),
  sendRaw: os.requests.sendRaw.handler(({ input, signal = never }) =>
    refusing(async () => ({ ids: await workbench.sendRaw(input, { signal }) })),
  ),
});
