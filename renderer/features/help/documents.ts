// The documents that the Help menu shows, the same in both shells and without a network: they are built
// into the window, each in a chunk of its own.
const files = import.meta.glob<string>(
  "../../../docs/{cgi,tour,modes,debugging,other-servers,adopting,deploying,capacity,teaching,assistants,configuration,command-line,requests,traces,trace-format,limits,security,speed}.md",
  { query: "?raw", import: "default" },
);

/** By the name of the file, in the order of the dialog. */
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
