// The licences of what the product contains, as the build has put them together.
import { useEffect, useState } from "react";
import { closeDialog } from "../../platform/dialogs.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";

const address = "/THIRD-PARTY.txt";
const close = (): void => closeDialog("licences");

export function Licences() {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    read().then(
      (found) => isCurrent && setText(found),
      (error: unknown) => isCurrent && setText(`${address} could not be read: ${String(error)}`),
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return (
    <Dialog
      onClose={close}
      size="huge"
      title="Third-party licences"
      description="CGI Workbench contains this software. Each part has its own licence."
      actions={<Button onClick={close}>Close</Button>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="help-document" aria-label="Licences" aria-busy={text === null} tabIndex={0}>
        <pre className="ui-mono help-licences">{text}</pre>
      </section>
    </Dialog>
  );
}

/** Rejects where there is no such file: only a build has one. */
async function read(): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  return answer.text();
}
