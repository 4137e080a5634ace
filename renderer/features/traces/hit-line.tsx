// What a search found in a trace: in which part, at which byte, and what is around it. A click shows it there.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { MouseEvent } from "react";
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { useSelection } from "../../platform/selection.js";
import { revealHit } from "./reveal-hit.js";
import { hitText, partNames } from "./row-name.js";

export function HitLine({ id, hit }: { readonly id: string; readonly hit: SearchHit }) {
  const { part, at } = hit;
  const [before, found, after] = hitText(hit);
  const onClick = (event: MouseEvent): void => {
    event.stopPropagation();
    useSelection.getState().select(id);
    revealHit(id, hit);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's Enter does the same
    <div role="gridcell" className="trace-hit" onClick={onClick}>
      <span className="trace-hit-part">{partNames[part]}</span>
      {at !== null && <span className="trace-hit-at ui-mono">{at.toString(16).padStart(4, "0")}</span>}
      <span className="trace-hit-text ui-mono ui-cut">
        {before}
        <mark>{found}</mark>
        {after}
      </span>
    </div>
  );
}
