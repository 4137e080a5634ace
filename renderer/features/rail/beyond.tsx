// The columns beyond the modes of the workbench: what they ask for.
import type { ReactNode } from "react";
import { modeNames } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";

export interface Beyond {
  readonly title: string;
  readonly summary: string;
  readonly todo: ReactNode;
}

/** Modes of applications stand in the table of modes; until they do, the column says what they would ask for. */
export function beyondFor({ agent }: FileEntry): readonly Beyond[] {
  const known: readonly string[] = modeNames;
  const applications: readonly Beyond[] = known.includes("wsgi")
    ? []
    : [
        {
          title: "Application",
          summary: "your code, called for each request",
          todo: "Rewrite it as a WSGI, PSGI or Rack application. It is not run here yet.",
        },
      ];
  return [
    ...applications,
    {
      title: "Elsewhere",
      summary: "the same file behind another server",
      todo:
        agent === null ? (
          "Copy the script to a server with CGI or FastCGI."
        ) : (
          <>
            Copy the script, and <code className="ui-mono">cgi-workbench agent {agent}</code> beside it.
          </>
        ),
    },
  ];
}
