// Sending what the composer shows, once at a time, and again after each save.
import { useSelection } from "../../app/selection.js";
import { problemOf } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { onDidSave } from "../editor/save-document.js";
import { markSave } from "../latency/index.js";
import { useTraceStore } from "../traces/index.js";
import { isSafe, useComposer } from "./composer-store.js";

let running: AbortController | null = null;
let again = false;

/** Sends the composed request and shows its trace when the response has ended. */
export async function sendRequest(): Promise<void> {
  const { client } = useServer.getState();
  const { method, target, headers, body } = useComposer.getState();
  if (running !== null) return;
  if (!client) {
    useComposer.setState({ problem: { code: "no-connection", message: "There is no connection to the server.", fix: "It is tried again by itself." } });
    return;
  }
  const abort = new AbortController();
  running = abort;
  useComposer.setState({ isRunning: true, isAsking: false, problem: null });
  try {
    const pairs = headers.filter(({ name }) => name !== "").map(({ name, value }): [string, string] => [name, value]);
    const { id } = await client.requests.send(
      { method, target, headers: pairs, body: body === "" ? null : { text: body }, mode: null },
      { signal: abort.signal },
    );
    useSelection.getState().showSent(id);
  } catch (error) {
    if (!abort.signal.aborted) useComposer.setState({ problem: problemOf(error) });
  } finally {
    running = null;
    useComposer.setState({ isRunning: false });
    if (again) {
      again = false;
      void sendRequest(); // reports its own failures
    }
  }
}

/** Ends the running request: its script is stopped, and where it has no trace yet the connection is closed. */
export async function stopRequest(): Promise<void> {
  again = false;
  const abort = running;
  const { client } = useServer.getState();
  const row = useTraceStore.getState().rows.findLast(({ from, outcome }) => from === "composer" && outcome === null);
  try {
    if (client && row) await client.traces.stop({ id: row.id });
    else abort?.abort();
  } catch (error) {
    abort?.abort();
    useComposer.setState({ problem: problemOf(error) });
  }
}

/** After each save: marks it in the graph and sends the request again, when that is wished and safe. Once, at the start. */
export function sendOnSave(): void {
  onDidSave((path) => {
    markSave(path);
    const { sendOnSave: isWished, unsafeOnSave, method, subject } = useComposer.getState();
    if (!isWished || subject === null) return;
    if (!isSafe(method) && unsafeOnSave !== true) {
      useComposer.setState({ isAsking: unsafeOnSave === null });
      return;
    }
    if (running) again = true;
    else void sendRequest(); // reports its own failures
  });
}
