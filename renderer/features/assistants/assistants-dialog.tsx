// How to connect an assistant: the lines for its client, who is connected, what was asked, and a switch against all.

import { create } from "zustand";
import type { AssistantsState } from "../../../server/contract/assistants-contract.js";
import { clockOf } from "../../format/clock.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { liveFeed } from "../../rpc/live-feed.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import "./assistants.css";

/** Null before the first answer. */
const useAssistantsState = create<{ readonly state: AssistantsState | null }>()(() => ({ state: null }));

const useFeed = liveFeed("The assistants", (client) => {
  let known: AssistantsState | null = null;
  return async (signal) => {
    const since = { since: known?.rev ?? -1, generation: known?.generation ?? null };
    known = await client.assistants.next(since, { signal });
    if (!signal.aborted) useAssistantsState.setState({ state: known });
  };
});

/** Live while a component that uses it is mounted; null before the first answer. */
function useAssistants(): AssistantsState | null {
  useFeed();
  return useAssistantsState(({ state }) => state);
}

const close = (): void => closeDialog("assistants");

export function AssistantsDialog() {
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  return useDialogOpen("assistants") && root !== null ? <Assistants root={root} /> : null;
}

function Assistants({ root }: { readonly root: string }) {
  const state = useAssistants();
  const lines = state && linesFor(state.command, root);
  return (
    <Dialog
      onClose={close}
      size="large"
      title="Connect an assistant"
      description="Paste these lines into the configuration of an MCP client. The assistant reads this folder’s traces, with secrets masked, and sends requests if the folder is trusted. It cannot edit files."
      actions={
        <>
          <Button disabled={lines === null} onClick={() => lines !== null && void copy(lines)}>
            Copy lines
          </Button>
          <Button onClick={close}>Close</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="assistants-lines" aria-label="Lines for the client" tabIndex={0}>
        <pre className="ui-box ui-mono">{lines}</pre>
      </section>
      {state && <Known state={state} />}
    </Dialog>
  );
}

function linesFor([command, ...words]: readonly string[], root: string): string {
  return JSON.stringify({ mcpServers: { "cgi-workbench": { command, args: [...words, "mcp", root] } } }, null, 2);
}

function Known({ state: { connected: assistants, asked, isRefused } }: { readonly state: AssistantsState }) {
  const names = assistants.map(({ client }) => client ?? "an assistant that has asked nothing yet").join(", ");
  return (
    <>
      <label>
        <input type="checkbox" checked={isRefused} onChange={(event) => void refuse(event.target.checked)} /> Refuse all
        assistants, in every folder
      </label>
      <p>{assistants.length === 0 ? "No assistant is connected to this server." : `Connected: ${names}.`}</p>
      {asked.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="assistants-asked" aria-label="What was asked" tabIndex={0}>
          <table className="ui-table">
            <thead className="ui-hidden">
              <tr>
                {["Time", "Client", "Tool", "Asked for", "Answer"].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {asked.map(({ nth, at, client, tool, about, code }) => (
                <tr key={nth}>
                  <td className="ui-num">{clockOf(at)}</td>
                  <td>{client}</td>
                  <td>{tool}</td>
                  <td className="ui-mono">{about}</td>
                  <td>{code === null ? "answered" : `not answered: ${code}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

async function refuse(isRefused: boolean): Promise<void> {
  try {
    await connected().assistants.refuse({ isRefused });
  } catch (error) {
    notifyFailure("The choice was not kept", error);
  }
}

async function copy(lines: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(lines);
    notify("info", "Copied the lines for an MCP client.");
  } catch (error) {
    notifyFailure("The lines could not be copied", error);
  }
}
