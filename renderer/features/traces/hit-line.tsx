// What a search found in a trace: in which part, at which byte, and what is around it. A click shows it there.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { MouseEvent } from "react";
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { useSelection } from "../../platform/selection.js";
import { partNames, revealHit } from "./reveal-hit.js";

export function HitLine({ id, hit }: { readonly id: string; readonly hit: SearchHit }) {
  const { part, name, at, before, found, after } = hit;
  const onClick = (event: MouseEvent): void => {
    event.stopPropagation();
    useSelection.getState().select(id);
    revealHit(id, hit);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter goes to the inspector, where the part can be found by key
    <div role="gridcell" className="trace-hit" onClick={onClick}>
      <span className="trace-hit-part">{partNames[part]}</span>
      {at !== null && <span className="trace-hit-at ui-mono">{at.toString(16).padStart(4, "0")}</span>}
      <span className="trace-hit-text ui-mono">
        {name !== null && `${name}${part === "variable" ? "=" : ": "}`}
        {before}
        <mark>{found}</mark>
        {after}
      </span>
    </div>
  );
}
