// What other parts of the window do with a trace; the machinery comes when it is needed.
import { useServer } from "../../../rpc/store.js";

export const sendAgain = async (id: string): Promise<void> => (await import("../later.js")).sendAgain(id);

export async function stopTrace(id: string): Promise<void> {
  await useServer.getState().client?.traces.stop({ id });
}
