// A problem in words, with the way to its line when it is in a file.
import { messageKey, wordsOf } from "../../../server/contract/message.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import "./server.css";

export function ProblemNote({ problem: { message, fix, file, line } }: { readonly problem: Problem }) {
  return (
    <div className="ui-note ui-note-bad problem-note">
      <div className="ui-wrap problem-note-words">
        {wordsOf(message)}
        {fix !== null && <div className="ui-dim">{wordsOf(fix)}</div>}
      </div>
      {file !== undefined && (
        <Button size="small" onClick={() => useSelection.getState().open(file, line)}>
          Go to {lineLabel(file, line ?? null)}
        </Button>
      )}
    </div>
  );
}

export const problemKey = ({ code, data = null, message }: Problem): string =>
  messageKey({ code, data, text: message });

/** Several mistakes at one place may have the same text; it is shown once. */
export const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [problemKey(problem), problem])).values(),
];

/** Where something is, for a button: "line 12" of a file that has been named, else the file. */
export const lineLabel = (file: string, line: number | null): string => (line === null ? file : `line ${line}`);
