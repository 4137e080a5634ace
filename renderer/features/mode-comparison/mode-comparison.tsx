// The ways to run a script, side by side: a column for each, the same lines under each, in the order in which people
// ask. Over the workbench, which stays as it is.

import { useEffect, useRef } from "react";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { wrapperOf } from "../../../server/contract/wrapper.js";
import { baseOf } from "../../format/file-path.js";
import { useFiles } from "../../model/folder/file-store.js";
import { isFocusLost } from "../../platform/focus-pane.js";
import { closeModeComparison, useModeComparison } from "../../platform/mode-comparison.js";
import { useClient } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { CheckIcon, InfoIcon } from "../../ui/icon.js";
import { CapacityTable } from "./capacity-table.js";
import { ColdStart } from "./cold-start.js";
import { CompareBox } from "./compare-box.js";
import { LeakList } from "./leak-list.js";
import { showLast, useMeasure } from "./measure-store.js";
import { columnsOf } from "./mode-columns.js";
import { ModeComparisonHead } from "./mode-comparison-head.js";
import { ModeTable } from "./mode-table.js";
import { RoundsChart } from "./rounds-chart.js";
import "./mode-comparison.css";

export function ModeComparison() {
  const path = useModeComparison((store) => store.path);
  return path === null ? null : <ShownModeComparison key={path} path={path} />;
}

function ShownModeComparison({ path }: { readonly path: string }) {
  const place = useRef<HTMLElement>(null);
  const client = useClient();
  const entry = useLastEntry(path);
  const wrapperPath = wrapperOf(path, entry?.agent ?? null)?.path;
  const wrapper = useFiles(({ byPath }) => byPath.get(wrapperPath ?? "") ?? null);
  const { measurement, outdated, failures, path: known } = useMeasure();
  useFocusInside(place);
  useEscape(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a saved script or wrapper makes the measurement an old one
  useEffect(() => {
    if (client) void showLast(path); // keeps its own failures
  }, [client, path, entry?.modifiedAt, wrapper?.modifiedAt]);
  if (!entry) return null;
  const shown = known === path ? measurement : null;
  const columns = columnsOf(entry, shown, wrapper);
  return (
    <section
      ref={place}
      className="ui-column ui-figures ways"
      aria-label={`Ways to run ${baseOf(path)}`}
      tabIndex={-1}
      data-pane
      data-above
    >
      <ModeComparisonHead entry={entry} measurement={shown} />
      <Alert isNote>{failures.modes}</Alert>
      <ModeTable entry={entry} columns={columns} measurement={shown} />
      {shown === null ? (
        <p className="ways-hint ui-dim">
          Measure compares the outputs of each mode with those of CGI, finds what the script leaves behind for its next
          request, shows where a cold start goes, and sends requests in each mode in turn. Then one sentence says which
          mode to choose. Try and Use work without it.
        </p>
      ) : (
        <>
          <VerdictLine verdict={shown.verdict} />
          <LeakList entry={entry} columns={columns} isStale={outdated === "script"} />
          <div className="ways-below">
            <RoundsChart columns={columns} measurement={shown} />
            {shown.startup && <ColdStart key={shown.measuredAt} report={shown.startup} path={path} />}
            {shown.rate === null && <CapacityTable columns={columns} measurement={shown} />}
          </div>
        </>
      )}
      <CompareBox entry={entry} columns={columns} measurement={shown} />
    </section>
  );
}

/** The script as it was listed last; the comparison of a script of another folder closes. */
function useLastEntry(path: string): FileEntry | null {
  const { root, byPath } = useFiles();
  const begun = useRef(root);
  const last = useRef<FileEntry | null>(null);
  last.current = byPath.get(path) ?? last.current;
  useEffect(() => {
    if (root !== begun.current) closeModeComparison();
  }, [root]);
  return last.current;
}

/**
 * Escape leaves it, also when the button that had the focus has gone. A menu or a
 * dialog above it takes the key for itself.
 */
function useEscape(place: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, key, defaultPrevented } = event;
      const isOurs = target === document.body || (target instanceof Node && place.current?.contains(target));
      if (key === "Escape" && isOurs && !defaultPrevented) closeModeComparison();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [place]);
}

/** It has the focus while it is shown, and gives it back unless something else has taken it. */
function useFocusInside(place: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const before = useModeComparison.getState().from;
    place.current?.focus();
    return () => {
      // One frame later the workbench can take it again.
      requestAnimationFrame(() => {
        if (isFocusLost() && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [place]);
}

// Which mode to choose, and whether the difference is real.
function VerdictLine({ verdict }: Pick<Measurement, "verdict">) {
  const Icon = verdict.isProven ? CheckIcon : InfoIcon;
  return (
    <p className="ways-verdict ways-box" role="note" aria-label="Verdict">
      <Icon className={`ui-beside ${verdict.isProven ? "ui-ok" : "ui-warn"}`} />
      <span>
        {verdict.messages.map(({ code, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one verdict never move
          <span key={`${code} ${index}`} className={index === 0 ? "ui-strong" : "ui-dim"}>
            {wordsOf(text)}{" "}
          </span>
        ))}
      </span>
    </p>
  );
}
