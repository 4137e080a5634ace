// What the doctor sees in every script of the folder before it runs, and in
// .htaccess files; a line opens the file there.
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import type { AvailableFix } from "../../../server/contract/fix-contract.js";
import { type Message, messageKey, wordsOf } from "../../../server/contract/message.js";
import { severities } from "../../../server/contract/trace-values.js";
import { comparable } from "../../format/file-path.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { CodeText } from "../../ui/code-text.js";
import { Dialog } from "../../ui/dialog.js";
import { SeverityIcon } from "../../ui/severity-icon.js";
import { FixPanel } from "./fix-panel.js";
import { type CheckedScript, type FolderCheck, useFolderCheck } from "./folder-check.js";
import "./doctor.css";

export function ProblemsDialog() {
  const isOpen = useDialogOpen("problems");
  if (!isOpen) return null;
  return (
    <Dialog
      onClose={() => closeDialog("problems")}
      size="huge"
      title="Problems in all scripts"
      description="The doctor checks every script of the folder without running it, and lists .htaccess files, which only Apache reads."
    >
      <Problems />
    </Dialog>
  );
}

function Problems() {
  const [attempt, setAttempt] = useState(0);
  const [wanted, setWanted] = useState("");
  const check = useFolderCheck(attempt);
  const shown = useMemo(() => matching(check.scripts, wanted), [check.scripts, wanted]);
  const { scripts, together } = useMemo(() => withoutRepeats(shown), [shown]);
  const shared = useMemo(() => sharedFixes(check.scripts), [check.scripts]);
  const [chosen, setChosen] = useState<AvailableFix["id"] | null>(null);
  const fixed = shared.find(({ fix }) => fix.id === chosen);
  const list = useRef<HTMLUListElement>(null);
  const isDone = check.done === check.total.scripts + check.total.htaccess;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // the key belongs to the input method
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const entries = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const target = event.target instanceof HTMLElement ? entries.indexOf(event.target) + step : 0;
    if (step === 0 || !entries[target]) return;
    event.preventDefault();
    entries[target].focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from the field into the list and along it
    <div className="problems" onKeyDown={onKeyDown}>
      <div className="ui-row">
        <input
          type="search"
          className="ui-field problems-field"
          aria-label="Filter by path or problem"
          placeholder="Filter by path or problem"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button disabled={!isDone} onClick={() => setAttempt(attempt + 1)}>
          Check again
        </Button>
      </div>
      <p role="status" className="ui-dim">
        {summaryOf(check)} {filteredText(check.scripts, shown)}
      </p>
      {isDone && !fixed && shared.length > 0 && (
        <div className="doctor-fixes">
          {shared.map(({ fix, others }) => (
            <Button key={fix.id} size="small" onClick={() => setChosen(fix.id)}>
              {fix.title} in all {others.length + 1} scripts…
            </Button>
          ))}
        </div>
      )}
      {isDone && fixed && (
        <FixPanel
          {...fixed}
          finding={{ rule: "", title: "" }}
          traceId={null}
          onClose={() => {
            setChosen(null);
            setAttempt(attempt + 1);
          }}
        />
      )}
      <ul ref={list} className="problems-list" aria-label="Scripts with problems" aria-busy={!isDone}>
        {scripts.map((script) => (
          <li key={script.path}>
            <Script script={script} />
          </li>
        ))}
        {together.map(({ why, paths }) => (
          <li key={messageKey(why)} className="ui-entry problems-entry" title={paths.join("\n")}>
            <SeverityIcon severity="hint" className="ui-beside" />
            <span className="problems-title ui-dim">
              <CodeText>{why.text}</CodeText>
            </span>
            <span className="ui-dim problems-line">{plural(paths.length, "script")}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const open = (path: string, line?: number): void => {
  closeDialog("problems");
  useSelection.getState().open(path, line);
};

function Script({ script: { path, markers, unchecked } }: { readonly script: CheckedScript }) {
  return (
    <>
      <h3 className="ui-strong problems-path ui-mono ui-cut">{path}</h3>
      {markers.map((marker) => (
        <button
          key={`${marker.rule} ${marker.line} ${marker.column}`}
          type="button"
          className="ui-entry problems-entry"
          onClick={() => open(path, marker.line)}
        >
          <SeverityIcon severity={marker.severity} className="ui-beside" />
          <span className="problems-title">
            <CodeText>{marker.title}</CodeText>
          </span>
          <span className="ui-dim problems-line">line {marker.line}</span>
        </button>
      ))}
      {unchecked !== null && (
        <button type="button" className="ui-entry problems-entry" onClick={() => open(path)}>
          <SeverityIcon severity="hint" className="ui-beside" />
          <span className="problems-title ui-dim">
            <CodeText>{unchecked.text}</CodeText>
          </span>
        </button>
      )}
    </>
  );
}

interface SharedFix {
  readonly fix: AvailableFix;
  readonly path: string;
  readonly others: readonly string[];
}

/** What would fix more than one script. */
export function sharedFixes(scripts: readonly CheckedScript[]): readonly SharedFix[] {
  const found = new Map<string, SharedFix>();
  for (const { path, markers } of scripts)
    for (const fix of markers.flatMap(({ fixes }) => fixes)) {
      const known = found.get(fix.id);
      if (!known) found.set(fix.id, { fix, path, others: [] });
      else if (known.path !== path && !known.others.includes(path))
        found.set(fix.id, { ...known, others: [...known.others, path] });
    }
  return [...found.values()].filter(({ others }) => others.length > 0);
}

/** Those whose path has `typed` in it, and of the others the problems whose title has. */
export function matching(scripts: readonly CheckedScript[], typed: string): readonly CheckedScript[] {
  const wanted = comparable(typed.trim());
  if (wanted === "") return scripts;
  const has = (text: string): boolean => comparable(text).includes(wanted);
  return scripts.flatMap((script) => {
    if (has(script.path)) return [script];
    const markers = script.markers.filter(({ title }) => has(wordsOf(title)));
    return markers.length === 0 ? [] : [{ ...script, markers, unchecked: null }];
  });
}

/** Scripts that were not checked for the same reason share a line, below the others. */
export function withoutRepeats(scripts: readonly CheckedScript[]): {
  readonly scripts: readonly CheckedScript[];
  readonly together: readonly { readonly why: Message; readonly paths: readonly string[] }[];
} {
  const byWhy = new Map<string, { readonly why: Message; readonly paths: readonly string[] }>();
  for (const { path, unchecked: why } of scripts)
    if (why !== null) byWhy.set(messageKey(why), { why, paths: [...(byWhy.get(messageKey(why))?.paths ?? []), path] });
  const together = [...byWhy.values()].filter(({ paths }) => paths.length > 1);
  const repeated = new Set(together.flatMap(({ paths }) => paths));
  const left = scripts.flatMap((script) => {
    if (!repeated.has(script.path)) return [script];
    return script.markers.length === 0 ? [] : [{ ...script, unchecked: null }];
  });
  return { scripts: left, together };
}

/** What the filter leaves; "" where it leaves everything. */
function filteredText(all: readonly CheckedScript[], shown: readonly CheckedScript[]): string {
  const whole = countOf(all);
  const left = countOf(shown);
  if (left === whole) return "";
  return left === 0 ? "None matches the filter." : `${formatCount(left)} of ${formatCount(whole)} match the filter.`;
}

const countOf = (scripts: readonly CheckedScript[]): number =>
  scripts.reduce((sum, { markers, unchecked }) => sum + markers.length + (unchecked === null ? 0 : 1), 0);

/** How far it is, or what came of it. */
function summaryOf({ total, done, scripts }: FolderCheck): string {
  const all = [unlessNone(total.scripts, "script"), unlessNone(total.htaccess, ".htaccess file")].filter(
    (part) => part !== null,
  );
  const count = total.scripts + total.htaccess;
  if (done === null) return "";
  if (count === 0) return "There is no script in this folder.";
  if (done < count) return `Checked ${formatCount(done)} of ${formatCount(count)} files…`;
  const markers = scripts.flatMap((script) => script.markers);
  const parts = severities
    .map((severity) => unlessNone(markers.filter((marker) => marker.severity === severity).length, severity))
    .filter((part) => part !== null);
  const checked = `${all.join(" and ")} checked`;
  return parts.length === 0 ? `${checked}: no problems found.` : `${checked}: ${parts.join(", ")}.`;
}

const unlessNone = (count: number, what: string): string | null => (count === 0 ? null : plural(count, what));
