// The columns after the modes: other ways to run the script, and what they ask for.
import type { ReactNode } from "react";
import { type AgentLanguage, callsApplication } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { baseOf } from "../../format/file-path.js";

export interface OtherWay {
  readonly title: string;
  readonly summary: string;
  readonly todo: ReactNode;
  /** A file that makes an application of the script can be written. */
  readonly wraps: boolean;
}

/** What a rewrite would be called. */
const interfaces: Readonly<Record<AgentLanguage, string>> = { python: "WSGI", perl: "PSGI", ruby: "Rack" };

/** `isWrapped`: the file that makes an application of the script is there, and has a column of its own. */
export function otherWaysFor(
  { agent, mode, path }: Pick<FileEntry, "agent" | "mode" | "path">,
  isWrapped: boolean,
): readonly OtherWay[] {
  const isApplication = mode !== null && callsApplication(mode);
  const elsewhere: OtherWay = {
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
    wraps: false,
  };
  if (isApplication || isWrapped || agent === null) return [elsewhere];
  const application: OtherWay = {
    title: "Application",
    summary: "your code, called for each request",
    todo: `A file beside ${baseOf(path)} calls it as a ${interfaces[agent]} application: the first step of a rewrite.`,
    wraps: true,
  };
  return [application, elsewhere];
}
