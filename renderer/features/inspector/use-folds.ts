// Which groups of the environment's table are open. A filter opens all that it leaves, so that what it finds is seen;
// what is folded then is folded for this filter alone.
import { useState } from "react";
import type { Variable } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { useInspectorState } from "../../model/traces/inspector-state.js";
import { firstOpen, type GroupName, groupOf } from "./env-groups.js";

export interface Folds {
  readonly isOpen: (name: GroupName) => boolean;
  /** Folds the group if it is open, else unfolds it. */
  readonly turn: (name: GroupName) => void;
}

/** `filter`: "" for none. `onAsked`: a variable of this environment is to be shown. */
export function useFolds(traceId: string, env: readonly Variable[], filter: string, onAsked: () => void): Folds {
  const [open, setOpen] = useState(firstOpen);
  const [folded, setFolded] = useState<{ readonly filter: string; readonly names: ReadonlySet<GroupName> }>({
    filter: "",
    names: new Set(),
  });
  const inFilter = folded.filter === filter ? folded.names : new Set<GroupName>();
  const requested = useInspectorState(({ variable }) => variable);
  const [followed, setFollowed] = useState<typeof requested>(null);
  // Opened while it is drawn: the variable is scrolled into sight right after that.
  if (requested !== followed) {
    setFollowed(requested);
    const asked =
      requested?.traceId === traceId ? env.find(({ name }) => readable(name) === requested.name) : undefined;
    if (asked) {
      setOpen(new Set([...open, groupOf(asked.source)]));
      onAsked();
    }
  }
  return {
    isOpen: (name) => (filter === "" ? open.has(name) : !inFilter.has(name)),
    turn: (name) =>
      filter === "" ? setOpen(turned(open, name)) : setFolded({ filter, names: turned(inFilter, name) }),
  };
}

function turned(names: ReadonlySet<GroupName>, name: GroupName): ReadonlySet<GroupName> {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return next;
}
