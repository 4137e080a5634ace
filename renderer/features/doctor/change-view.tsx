// The changes that a fix would make, file by file: texts as a diff, permissions before and after.
import { useMemo } from "react";
import { encodingTitle } from "../../../server/contract/charsets.js";
import type { Change } from "../../../server/contract/fix-contract.js";
import { changeLines, modeLetters, type TextChange } from "./change-lines.js";

export function ChangeView({ change }: { readonly change: Change }) {
  if (change.kind === "text") return <TextView change={change} />;
  return (
    <div className="doctor-change">
      <div className="ui-row ui-dim doctor-change-file ui-mono">{change.path}</div>
      <ol className="doctor-lines ui-mono" aria-label={`Change to ${change.path}`}>
        <Mode is="removed" mode={change.before} />
        <Mode is="added" mode={change.after} />
      </ol>
    </div>
  );
}

function Mode({ is, mode }: { readonly is: "removed" | "added"; readonly mode: number }) {
  return (
    <li data-line={is}>
      <Sign is={is} />
      <span className="ui-wrap doctor-line">
        {modeLetters(mode)} <span className="ui-faint">{mode.toString(8).padStart(4, "0")}</span>
      </span>
    </li>
  );
}

function TextView({ change }: { readonly change: TextChange }) {
  const { lines, more } = useMemo(() => changeLines(change), [change]);
  return (
    <div className="doctor-change">
      <div className="ui-row ui-dim doctor-change-file ui-mono">
        {change.path}
        {change.before === null && <span className="ui-badge">new file</span>}
        {change.encoding && (
          <span className="ui-badge">
            {encodingTitle(change.encoding.before)} → {encodingTitle(change.encoding.after)}
          </span>
        )}
      </div>
      {change.encoding && <p className="ui-dim doctor-more">The characters stay the same. Their bytes change.</p>}
      <ol className="doctor-lines ui-mono" aria-label={`Change to ${change.path}`}>
        {lines.map((line, index) =>
          line.is === "skipped" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one change never move
            <li key={index} className="ui-faint">
              ⋯
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one change never move
            <li key={index} data-line={line.is}>
              <Sign is={line.is} />
              <span className="ui-wrap doctor-line">
                <Visible text={line.text} />
              </span>
            </li>
          ),
        )}
      </ol>
      {more > 0 && <p className="ui-faint doctor-more">and {more === 1 ? "1 more line" : `${more} more lines`}</p>}
    </div>
  );
}

const signs = { same: " ", removed: "−", added: "+" } as const;
const spoken = { same: "", removed: "removed: ", added: "added: " } as const;

function Sign({ is }: { readonly is: keyof typeof signs }) {
  return (
    <>
      <span aria-hidden="true" className="ui-dim doctor-sign">
        {signs[is]}
      </span>
      <span className="ui-hidden">{spoken[is]}</span>
    </>
  );
}

/** Text with carriage returns and the byte order mark as names. */
function Visible({ text }: { readonly text: string }) {
  return text.split(/([\r\uFEFF])/).map((piece, index) =>
    piece === "\r" || piece === "\uFEFF" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never move
      <span key={index} className="ui-ctl">
        {piece === "\r" ? "CR" : "BOM"}
      </span>
    ) : (
      piece
    ),
  );
}
