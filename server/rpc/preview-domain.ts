// Recorded responses that a browser shows.

import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { browsableOrigin } from "../protocol/script-address.js";
import { os } from "./implementer.js";
import { callMessage } from "./messages.js";

export const previewDomain = ({ server, previews }: Pick<Workbench, "server" | "previews">) => ({
  open: os.preview.open.handler(({ input }) => previews.open(input, originOf(server))),
  sentFrom: os.preview.sentFrom.handler(({ input }) => previews.sentFrom(input, originOf(server))),
  moved: os.preview.moved.handler(({ input }) => previews.moved(input)),
});

function originOf(server: Workbench["server"]): string {
  const { url } = server.servingAddress();
  const origin = browsableOrigin(url);
  if (origin === null) throw new ProblemError(callMessage("not-on-loopback", { url }));
  return origin;
}
