// What the composer sends.
import type { Workbench } from "../workbench.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const requestsDomain = (workbench: Workbench) => ({
  send: os.requests.send.handler(({ input }) => refusing(async () => ({ id: await workbench.send(input, "composer") }))),
});
