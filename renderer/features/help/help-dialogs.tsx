// Help: the documents, the keys of all commands, and which versions run here.

import { type CommandId, commandIds, commandTitle } from "../../../server/contract/commands.js";
import { listKeyOf, shortcutOf, shortcutsOf } from "../../platform/command-registry.js";
import { closeDialog, openDialog, useDialogOpen } from "../../platform/dialogs.js";
import { copyText } from "../../platform/notices.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { bridge } from "../../rpc/bridge.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { FactTable } from "../../ui/fact-table.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Documentation } from "./documentation.js";
import { type Fact, versionFacts } from "./version-facts.js";
import "./help.css";

// The licences of what the product contains, as the build has put them together.
const address = "/THIRD-PARTY.txt";
const close = (): void => closeDialog("licences");

function Licences() {
  const { value, error } = useLoaded(address, readLicences);
  const text = error === null ? value : `${address} could not be read: ${error}`;
  return (
    <Dialog
      onClose={close}
      size="huge"
      title="Third-party licences"
      description="CGI Workbench contains this software. Each part has its own licence."
    >
      <ScrollRegion className="ui-wrap help-document" aria-label="Licences" aria-busy={text === null}>
        <pre className="ui-mono help-licences">{text}</pre>
      </ScrollRegion>
    </Dialog>
  );
}

/** Rejects where there is no such file: only a build has one. */
async function readLicences(): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  return answer.text();
}

export function HelpDialogs() {
  const isAbout = useDialogOpen("about");
  const isDocumentation = useDialogOpen("documentation");
  const isLicences = useDialogOpen("licences");
  if (useDialogOpen("shortcuts")) return <Shortcuts />;
  if (isDocumentation) return <Documentation />;
  if (isLicences) return <Licences />;
  return isAbout ? <About /> : null;
}

function Shortcuts() {
  return (
    <Dialog
      onClose={() => closeDialog("shortcuts")}
      size="large"
      title="Keyboard shortcuts"
      description={`Search for any other command with ${shortcutOf("view.palette")}.`}
    >
      <ScrollRegion className="help-shortcuts" aria-label="Shortcuts">
        <Keys label="Keyboard shortcuts" title="Command" keysOf={shortcutsOf} />
        <Keys label="Keys of the list of traces" title="In the list of traces" keysOf={listKeysOf} />
      </ScrollRegion>
    </Dialog>
  );
}

const listKeysOf = (id: CommandId): readonly string[] => [listKeyOf(id)].filter((key) => key !== null);

interface KeysProps {
  readonly label: string;
  readonly title: string;
  /** Empty: the command has none. */
  readonly keysOf: (id: CommandId) => readonly string[];
}

const Keys = ({ label, title, keysOf }: KeysProps) => (
  <FactTable label={label} columns={[{ title }, { title: "Keys" }]} className="help-table">
    {commandIds.map((id) => {
      const keys = keysOf(id);
      if (keys.length === 0) return null;
      return (
        <tr key={id}>
          <th scope="row">{commandTitle(id)}</th>
          <td>
            {keys.map((key) => (
              <kbd key={key} className="ui-kbd help-key">
                {key}
              </kbd>
            ))}
          </td>
        </tr>
      );
    })}
  </FactTable>
);

function About() {
  const server = useServer(({ state }) => state);
  const facts = versionFacts(server, bridge, navigator.userAgent);
  return (
    <Dialog
      onClose={() => closeDialog("about")}
      title="About CGI Workbench"
      description="A desktop environment for CGI programs. Run a script and see every byte between the socket and the script."
      actions={
        <>
          <Button onClick={showLicences}>Third-party licences…</Button>
          <Button onClick={() => void copy(facts)}>Copy</Button>
          <Button onClick={() => closeDialog("about")}>Close</Button>
        </>
      }
    >
      <dl className="ui-pairs">
        {facts.map(({ name, value }) => (
          <div key={name} className="ui-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function showLicences(): void {
  closeDialog("about");
  openDialog("licences");
}

const copy = (facts: readonly Fact[]): Promise<void> =>
  copyText("the versions", facts.map(({ name, value }) => `${name}: ${value}`).join("\n"));
