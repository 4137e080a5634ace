// The product's documents, readable without a browser or a network.

import { useState } from "react";
import { closeDialog } from "../../platform/dialogs.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { Markdown } from "../../ui/markdown.js";
import { ScrollRegion } from "../../ui/scroll-region.js";

// The documents that the Help menu shows, the same in both shells and without a network: they are built
// into the window, each in a chunk of its own.
const files = import.meta.glob<string>(
  "../../../docs/{cgi,tour,modes,debugging,other-servers,adopting,deploying,capacity,teaching,assistants,configuration,command-line,requests,traces,trace-format,limits,security,speed}.md",
  { query: "?raw", import: "default" },
);

/** Each document has the name of its file; the dialog lists them in this order. */
export const documents = [
  { value: "cgi.md", title: "CGI on one page" },
  { value: "tour.md", title: "Tour" },
  { value: "modes.md", title: "Modes" },
  { value: "debugging.md", title: "Debugging" },
  { value: "other-servers.md", title: "Other servers" },
  { value: "adopting.md", title: "Opening a server’s configuration" },
  { value: "deploying.md", title: "Taking scripts to a server" },
  { value: "capacity.md", title: "How many machines" },
  { value: "teaching.md", title: "Teaching" },
  { value: "assistants.md", title: "Assistants" },
  { value: "configuration.md", title: "Configuration" },
  { value: "command-line.md", title: "Command line" },
  { value: "requests.md", title: "Requests" },
  { value: "traces.md", title: "Stored traces" },
  { value: "trace-format.md", title: "Trace format" },
  { value: "limits.md", title: "Limits" },
  { value: "security.md", title: "Security" },
  { value: "speed.md", title: "Speed" },
] as const;

export type DocumentName = (typeof documents)[number]["value"];

/** The document that a link in another one leads to; null when the window does not have it. */
export const linkedDocument = (to: string): DocumentName | null =>
  documents.find(({ value }) => to.replace(/#.*$/, "") === value)?.value ?? null;

/** The Markdown of a document. Rejects when its chunk cannot be loaded. */
export async function readDocument(name: DocumentName): Promise<string> {
  const load = Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1];
  if (!load) throw new Error(`${name} is not part of this build.`);
  return load();
}

const close = (): void => closeDialog("documentation");

export function Documentation() {
  const [name, setName] = useState<DocumentName>("tour.md");
  const title = documents.find(({ value }) => value === name)?.title;
  return (
    <Dialog onClose={close} size="huge" title="Documentation">
      <Choice label="Document" value={name} choices={documents} onChange={setName} />
      <ScrollRegion key={name} className="ui-wrap help-document" aria-label={title}>
        <Contents name={name} onLink={setName} />
      </ScrollRegion>
    </Dialog>
  );
}

function Contents({ name, onLink }: { readonly name: DocumentName; readonly onLink: (name: DocumentName) => void }) {
  const { value: text, error: why } = useLoaded(name, () => readDocument(name));
  if (why !== null) return <p className="ui-bad">{why}</p>;
  if (text === null) return <div aria-busy="true" />;
  const linkTo = (address: string) => {
    const to = linkedDocument(address);
    return to === null ? null : () => onLink(to);
  };
  return <Markdown text={text} linkTo={linkTo} />;
}
