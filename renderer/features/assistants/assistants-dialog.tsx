// How to connect an assistant: the lines for its client, who is connected, what was asked, and a switch against all.

import { clockOf } from "../../format/clock.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { copyText, orNotify } from "../../platform/notices.js";
import { liveState } from "../../rpc/live-state.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { Dialog } from "../../ui/dialog.js";
import { ScrollRegion } from "../../ui/scroll-region.js";

const useAssistants = liveState("The assistants", (client, since, signal) => client.assistants.next(since, { signal }));

const close = (): void => closeDialog("assistants");

export function AssistantsDialog() {
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  return useDialogOpen("assistants") && root !== null ? <Assistants root={root} /> : null;
}

const refuse = (isRefused: boolean): Promise<void> =>
  orNotify("The choice was not kept", () => connected().assistants.refuse({ isRefused }));

function Assistants({ root }: { readonly root: string }) {
  const { command: [command, ...words] = [], isRefused, connected: clients = [], asked = [] } = useAssistants() ?? {};
  const client = { command, args: [...words, "mcp", root] };
  const lines = command && JSON.stringify({ mcpServers: { "cgi-workbench": client } }, null, 2);
  const names = clients.map((name) => name ?? "an assistant that has asked nothing yet").join(", ");
  return (
    <Dialog
      onClose={close}
      size="large"
      title="Connect an assistant"
      description="Paste these lines into the configuration of an MCP client. The assistant reads this folder’s traces, with secrets masked, and sends requests if the folder is trusted. It cannot edit files."
      actions={
        <>
          <Button disabled={!lines} onClick={() => void copyText("the lines for an MCP client", lines ?? "")}>
            Copy lines
          </Button>
          <Button onClick={close}>Close</Button>
        </>
      }
    >
      <ScrollRegion className="ui-scroll" aria-label="Lines for the client">
        <pre className="ui-box ui-mono">{lines}</pre>
      </ScrollRegion>
      <Check isOn={isRefused === true} isDisabled={isRefused === undefined} onChange={(isOn) => void refuse(isOn)}>
        Refuse all assistants, in every folder
      </Check>
      <p>{names === "" ? "No assistant is connected to this server." : `Connected: ${names}.`}</p>
      {asked.length > 0 && (
        <ScrollRegion className="ui-scroll" aria-label="What was asked">
          <ol>
            {asked.map(({ nth, at, client: name, what, code }) => (
              <li key={nth}>
                {clockOf(at)} {name}: <code>{what}</code> {code === null ? "answered" : `not answered: ${code}`}
              </li>
            ))}
          </ol>
        </ScrollRegion>
      )}
    </Dialog>
  );
}
