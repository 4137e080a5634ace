// The product's documents, readable without a browser or a network.
import { useEffect, useState } from "react";
import { closeDialog } from "../../platform/dialogs.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { Markdown } from "../../ui/markdown.js";
import { type DocumentName, documents, linkedDocument, readDocument } from "./documents.js";

const close = (): void => closeDialog("documentation");

export function Documentation() {
  const [name, setName] = useState<DocumentName>("tour.md");
  const title = documents.find(({ value }) => value === name)?.title;
  return (
    <Dialog onClose={close} size="huge" title="Documentation" actions={<Button onClick={close}>Close</Button>}>
      <Choice label="Document" value={name} choices={documents} onChange={setName} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section key={name} className="help-document" aria-label={title} tabIndex={0}>
        <Contents name={name} onLink={setName} />
      </section>
    </Dialog>
  );
}

function Contents({ name, onLink }: { readonly name: DocumentName; readonly onLink: (name: DocumentName) => void }) {
  const [text, setText] = useState<string | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    readDocument(name).then(
      (read) => isCurrent && setText(read),
      (error: unknown) => isCurrent && setWhy(problemText(problemOf(error))),
    );
    return () => {
      isCurrent = false;
    };
  }, [name]);
  if (why !== null) return <p className="ui-bad">{why}</p>;
  if (text === null) return <div aria-busy="true" />;
  const linkTo = (address: string) => {
    const to = linkedDocument(address);
    return to === null ? null : () => onLink(to);
  };
  return <Markdown text={text} linkTo={linkTo} />;
}
