// Traces with the typed text in a header, a body, a variable or on stderr: the first ones of the list, which begins
// with the pinned ones and goes on with the newest; the words around the text, and the way to all of them.
import { Command } from "cmdk";
import { useEffect, useState } from "react";
import { wordsOf } from "../../server/contract/message.js";
import type { FoundTrace } from "../../server/contract/traces-contract.js";
import { partNames, revealHit, setFilter } from "../features/traces/index.js";
import { lastSave } from "../model/traces/last-save.js";
import { lookAtStore, useStoredRows } from "../model/traces/stored-rows.js";
import { showBottomTab } from "../platform/bottom-tab-store.js";
import { runCommand } from "../platform/command-registry.js";
import { useSelection } from "../platform/selection.js";
import { problemOf, problemText } from "../rpc/problem.js";
import { useClient } from "../rpc/store.js";
import { traceTitle } from "./palette-traces.js";

/** More belong into the list of traces. */
const maxHits = 5;
/** A word is typed without a search for each of its letters. */
const typingMs = 150;

interface PaletteHitsProps {
  readonly typed: string;
  readonly onChoose: (act: () => void) => void;
}

export function PaletteHits({ typed, onChoose }: PaletteHitsProps) {
  const isStoring = useStoredRows(({ store }) => store?.isStoring ?? null);
  useEffect(() => {
    if (isStoring === null) void lookAtStore(); // keeps its own failure
  }, [isStoring]);
  const query = queryFor(typed);
  const { found, problem } = useFound(isStoring === true ? query : null);
  if (isStoring === null) return null;
  const showAll = (): void => {
    if (!isStoring) return void runCommand("settings.open");
    showBottomTab("traces");
    setFilter(query);
  };
  return (
    <Command.Group heading="Headers and bodies">
      {/* First: what is found later moves nothing. */}
      <Command.Item value="all hits" className="palette-item" onSelect={() => onChoose(showAll)}>
        <span className="ui-cut">Show all traces that contain “{typed.trim()}”</span>
        {!isStoring && (
          <span className="ui-dim ui-cut">Traces are not stored on disk. Turn it on in the settings.</span>
        )}
        {problem !== null && <span className="ui-bad ui-cut">{problem}</span>}
      </Command.Item>
      {found.map(({ row, hit }) => (
        <Command.Item
          key={row.id}
          value={`hit ${row.id}`}
          className="palette-item"
          onSelect={() =>
            onChoose(() => {
              useSelection.getState().bringUp(row.id);
              if (hit) revealHit(row.id, hit);
            })
          }
        >
          <span className="palette-hit-of">{traceTitle(row)}</span>
          {hit && (
            <span className="ui-dim ui-cut palette-hit">
              {partNames[hit.part]}: {hit.before}
              <b>{hit.found}</b>
              {hit.after}
            </span>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

const queryFor = (typed: string): string => `text:"${typed.trim().replace(/["\\]/g, "\\$&")}"`;

interface Found {
  readonly found: readonly FoundTrace[];
  readonly problem: string | null;
}
const newest = { order: null, first: 0, count: maxHits, around: null, since: null, isCleared: false, until: null };
const nothing: Found = { found: [], problem: null };

/** What a search finds, as it comes; what the one before found stays until then. Null: nothing is searched. */
function useFound(query: string | null): Found {
  const client = useClient();
  const [state, setState] = useState(nothing);
  useEffect(() => {
    if (client === null || query === null) return;
    const stop = new AbortController();
    const search = async (): Promise<void> => {
      try {
        const call = { ...newest, query, lastSave: lastSave() };
        for await (const event of await client.traces.list(call, { signal: stop.signal })) {
          if (stop.signal.aborted) return;
          if (event.kind === "mistake") return setState({ found: [], problem: wordsOf(event.why.text) });
          setState({ found: event.found, problem: event.problem && problemText(event.problem) });
          if (event.found.length === maxHits) return;
        }
      } catch (error) {
        if (!stop.signal.aborted) setState({ found: [], problem: problemText(problemOf(error)) });
      }
    };
    const timer = setTimeout(() => void search(), typingMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, query]);
  return query === null ? nothing : state;
}
