// "Send and debug": the composer's request.
import { useComposer } from "../../model/request/composer-store.js";
import { sendRequest } from "../composer/index.js";
import { beginDebugging, leaveUnsent } from "./debug-session.js";
import { saveDebugged } from "./save-debugged.js";

export async function sendDebugged(): Promise<void> {
  if (!(await saveDebugged(useComposer.getState().subject))) return;
  const session = await beginDebugging("own");
  await sendRequest({ debug: session });
  leaveUnsent(session);
}
