// The variables of the chosen frame. What is in one is asked for when it is opened; what was open stays open at the
// next stop. The keys are those of the ARIA tree pattern.
import type { KeyboardEvent } from "react";
import { create } from "zustand";
import type { DebugVariable } from "../../../server/contract/debug-contract.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import { rowByKey } from "../../ui/use-fixed-rows.js";
import { useDebug } from "./debug-store.js";

/** A row is as high as `--row` in tokens.css says, px. */
const rowPx = 24;

const useOpen = create<{ readonly open: ReadonlySet<string> }>()(() => ({ open: new Set(["Locals", "Variables"]) }));

function setOpen(key: string, isOpen: boolean): void {
  useOpen.setState(({ open }) => {
    const next = new Set(open);
    if (isOpen) next.add(key);
    else next.delete(key);
    return { open: next };
  });
}

export function VariableTree() {
  const scopes = useDebug((state) => state.scopes);
  const locals = useDebug((state) => state.locals);
  return (
    <div
      role="tree"
      aria-label="Variables"
      className="debug-tree"
      tabIndex={scopes.length > 0 ? 0 : undefined}
      onKeyDown={onTreeKey}
    >
      {scopes.map((scope, index) => (
        <Branch key={scope.name} path={scope.name} level={1} variable={scope} known={index === 0 ? locals : null} />
      ))}
    </div>
  );
}

interface BranchProps {
  /** The names that lead to it. */
  readonly path: string;
  readonly level: number;
  /** A scope has no value. */
  readonly variable: Pick<DebugVariable, "name" | "variablesReference"> & Partial<DebugVariable>;
  /** What is in it, if that is known already. */
  readonly known?: readonly DebugVariable[] | null;
}

export function Branch({ path, level, variable, known = null }: BranchProps) {
  const { name, value = "", type, variablesReference } = variable;
  const canOpen = variablesReference > 0;
  const isOpen = useOpen(({ open }) => open.has(path)) && canOpen;
  const Sign = isOpen ? ChevronDownIcon : ChevronRightIcon;
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys */}
      <div
        role="treeitem"
        tabIndex={-1}
        className="ui-row debug-variable"
        aria-level={level}
        aria-expanded={canOpen ? isOpen : undefined}
        data-path={path}
        style={{ paddingLeft: `calc(var(--space-7) * ${level - 1} + var(--space-4))` }}
        title={type}
        onClick={() => canOpen && setOpen(path, !isOpen)}
      >
        {canOpen ? <Sign /> : <span className="ui-icon-room" />}
        <span className={level === 1 ? undefined : "ui-mono ui-accent"}>{name}</span>
        <span className="ui-mono ui-cut debug-value">{value}</span>
      </div>
      {isOpen &&
        (known ? <Branches {...{ path, level }} variables={known} /> : <Inside {...{ path, level }} of={variable} />)}
    </>
  );
}

interface InsideProps extends Pick<BranchProps, "path" | "level"> {
  /** Another object with each answer: references begin anew at each stop. */
  readonly of: Pick<DebugVariable, "variablesReference">;
}

function Inside({ path, level, of }: InsideProps) {
  const id = useDebug((state) => state.id) ?? "";
  const { value, error } = useLoaded(
    id,
    ({ debug }) => debug.variables({ id, variablesReference: of.variablesReference }),
    [of],
  );
  const why = error !== null && [{ name: "…", value: error, variablesReference: 0 }];
  const variables = why || (value?.variables ?? []);
  return <Branches {...{ path, level, variables }} />;
}

interface BranchesProps extends Pick<BranchProps, "path" | "level"> {
  readonly variables: readonly DebugVariable[];
}

const Branches = ({ path, level, variables }: BranchesProps) =>
  variables.map((variable, index) => (
    <Branch
      // biome-ignore lint/suspicious/noArrayIndexKey: several may have one name, and the list is new at each stop
      key={`${index} ${variable.name}`}
      path={`${path}\n${variable.name}`}
      level={level + 1}
      variable={variable}
    />
  ));

function onTreeKey(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const at = items.findIndex((one) => one.matches(":focus"));
  const item = items[at];
  const path = item?.dataset["path"] ?? "";
  const expanded = item?.getAttribute("aria-expanded");
  const levelOf = (one?: HTMLElement): number => Number(one?.ariaLevel ?? 0);
  const parent = (): void => {
    const found = items.findLastIndex((one, index) => index < at && levelOf(one) < levelOf(item));
    items[found]?.focus();
  };
  const place = event.key.startsWith("Page") ? null : rowByKey(event, at, items.length, rowPx); // those scroll
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => (expanded === "false" ? setOpen(path, true) : expanded === "true" && items[at + 1]?.focus()),
    ArrowLeft: () => (expanded === "true" ? setOpen(path, false) : parent()),
    Enter: () => expanded != null && setOpen(path, expanded === "false"),
    " ": () => expanded != null && setOpen(path, expanded === "false"),
  };
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  const act = place === null ? isPlain && keys[event.key] : () => items[place]?.focus();
  if (!act) return;
  event.preventDefault();
  act();
}
