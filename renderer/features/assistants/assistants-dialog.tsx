// How to connect an assistant: the lines for its client, who is connected, what was asked, and a switch against all.

import type { AssistantsState } from "../../../server/contract/assistants-contract.js";
import { clockOf } from "../../format/clock.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { notify, orNotify } from "../../platform/notices.js";
import { liveState } from "../../rpc/live-state.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { Dialog } from "../../ui/dialog.js";
import "./assistants.css";

const useAssistants = liveState("The assistants", (client, since, signal) => client.assistants.next(since, { signal }));

const close = (): void => closeDialog("assistants");

export function AssistantsDialog() {
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  return useDialogOpen("assistants") && root !== null ? <Assistants root={root} /> : null;
}

function Assistants({ root }: { readonly root: string }) {
  const state = useAssistants();
  const [command, ...words] = state?.command ?? [];
  const client = { command, args: [...words, "mcp", root] };
  const lines = state && JSON.stringify({ mcpServers: { "cgi-workbench": client } }, null, 2);
  const copy = (): Promise<void> =>
    orNotify("The lines could not be copied", async () => {
      await navigator.clipboard.writeText(lines ?? "");
      notify("info", "Copied the lines for an MCP client.");
    });
  return (
    <Dialog
      onClose={close}
      size="large"
      title="Connect an assistant"
      description="Paste these lines into the configuration of an MCP client. The assistant reads this folder’s traces, with secrets masked, and sends requests if the folder is trusted. It cannot edit files."
      actions={
        <>
          <Button disabled={lines === null} onClick={() => void copy()}>
            Copy lines
          </Button>
          <Button onClick={close}>Close</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="assistants-part" aria-label="Lines for the client" tabIndex={0}>
        <pre className="ui-box ui-mono">{lines}</pre>
      </section>
      {state && <Known state={state} />}
    </Dialog>
  );
}

const refuse = (isRefused: boolean): Promise<void> =>
  orNotify("The choice was not kept", () => connected().assistants.refuse({ isRefused }));

function Known({ state: { connected: assistants, asked, isRefused } }: { readonly state: AssistantsState }) {
  const names = assistants.map((client) => client ?? "an assistant that has asked nothing yet").join(", ");
  return (
    <>
      <Check isOn={isRefused} onChange={(isOn) => void refuse(isOn)}>
        Refuse all assistants, in every folder
      </Check>
      <p>{names === "" ? "No assistant is connected to this server." : `Connected: ${names}.`}</p>
      {asked.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="assistants-part" aria-label="What was asked" tabIndex={0}>
          <table className="ui-table">
            <thead className="ui-hidden">
              <tr>
                {["Time", "Client", "Tool", "Asked for", "Answer"].map((title) => (
                  <th key={title}>{title}</th>
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
