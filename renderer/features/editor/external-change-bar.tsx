// What is to be decided or known about the shown file: it changed on disk under the
// edits, it is gone, it could not be saved.
import type { ReactNode } from "react";
import type { TextDocument } from "../../model/documents/document.js";
import { closeDocument } from "../../model/documents/document-store.js";
import { reloadDocument } from "../../model/documents/read-document.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { changeLineEnds } from "../../model/documents/text-format.js";
import { problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { InfoIcon, WarningIcon } from "../../ui/icon.js";
import { compareWithDisk } from "../file-diff/index.js";

export function DiskBar({ document }: { readonly document: TextDocument }) {
  const { path, disk, problem, mixed, lineEnd } = document;
  const tone = problem ? "bad" : "warn";
  const withProblem = (text: string): string => (problem ? `${text} ${problemText(problem)}` : text);
  if (disk === "changed") {
    return (
      <Bar tone={tone} text={withProblem("This file changed on disk while you were editing it.")}>
        <Button size="small" onClick={() => void compareWithDisk(path)}>
          Compare
        </Button>
        <Button size="small" onClick={() => void reloadDocument(path)}>
          Reload and discard my edits
        </Button>
        <Button size="small" onClick={() => void saveDocument(path, { overwrite: true })}>
          Overwrite with my edits
        </Button>
      </Bar>
    );
  }
  if (disk === "gone") {
    return (
      <Bar tone={tone} text={withProblem("This file is no longer on disk.")}>
        <Button size="small" onClick={() => void saveDocument(path, { overwrite: true })}>
          Save again
        </Button>
        <Button size="small" onClick={() => closeDocument(path)}>
          Close
        </Button>
      </Bar>
    );
  }
  if (problem) {
    return (
      <Bar tone="bad" text={problemText(problem)}>
        <Button size="small" onClick={() => void saveDocument(path)}>
          Save again
        </Button>
      </Bar>
    );
  }
  if (mixed)
    return (
      <Bar tone="info" text="This file has mixed or CR line endings. Saving keeps them as they are.">
        <Button size="small" onClick={() => void changeLineEnds(path, lineEnd)}>
          Change all to {lineEnd === "crlf" ? "CRLF" : "LF"}
        </Button>
      </Bar>
    );
  return null;
}

interface BarProps {
  readonly tone: "info" | "warn" | "bad";
  readonly text: string;
  readonly children?: ReactNode;
}

function Bar({ tone, text, children }: BarProps) {
  return (
    <div className={`ui-row editor-bar editor-bar-${tone}`} role={tone === "info" ? "status" : "alert"}>
      {tone === "info" ? <InfoIcon /> : <WarningIcon className={`ui-${tone}`} />}
      <span className="editor-bar-text">{text}</span>
      <span className="editor-bar-actions">{children}</span>
    </div>
  );
}
