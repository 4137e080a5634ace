// The bytes of a stream as a hex dump: offset, bytes in two digits, and their ASCII reading.
import { Fragment, useEffect } from "react";
import { scaleOfList } from "../../ui/use-fixed-rows.js";
import { zoomOf } from "../../ui/zoom.js";
import { BytePane } from "./byte-pane.js";
import { byteUnits } from "./byte-selection.js";
import { highlightClass, markClass } from "./byte-tokens.js";
import { bytesPerRow, type HexLook, type HexRun, hexColumn, hexRuns } from "./hex-runs.js";
import { highlightsOf, offsetDigitsOf, type StreamPaneProps } from "./pane-props.js";
import { hexLayout, rowHeight } from "./row-layout.js";
import { usePane } from "./use-pane.js";

export function HexPane(props: StreamPaneProps) {
  const { title, loader, marks, selection, onSelect } = props;
  const { buffer } = loader;
  const digits = offsetDigitsOf(buffer.length);
  const pane = usePane(digits);
  const perRow = bytesPerRow(pane.columns);
  const layout = hexLayout(buffer.length, perRow);
  const { viewport, characterPx } = pane;
  const first = Math.floor(scaleOfList(layout.count * rowHeight, viewport.height).toTop(viewport.top) / rowHeight);
  const last = first + Math.ceil(viewport.height / rowHeight);
  useEffect(() => loader.want(first * perRow, last * perRow), [loader, first, last, perRow]);
  const caret = selection?.head ?? null;

  const renderRow = (index: number) => {
    const from = layout.start(index);
    const to = layout.end(index);
    const isLast = to === buffer.length && caret === to;
    return (
      <>
        <span className="byte-offset">{from.toString(16).padStart(digits, "0")}</span>
        {buffer.has(from, to) ? (
          <HexRow
            runs={hexRuns(buffer.bytes, from, to, marks, highlightsOf(props, from, to), caret)}
            perRow={perRow}
            caret={caret}
            isCaretAtEnd={isLast}
          />
        ) : (
          <span className="ui-faint">…</span>
        )}
      </>
    );
  };
  const hit = (row: HTMLElement, clientX: number, index: number): number => {
    const ascii = row.querySelector(".byte-ascii")?.getBoundingClientRect();
    const hex = row.querySelector(".byte-hex")?.getBoundingClientRect();
    const isAscii = ascii !== undefined && clientX >= ascii.left - 4;
    const left = (isAscii ? ascii.left : hex?.left) ?? 0;
    const place = Math.max(
      0,
      Math.min(perRow, hexColumn((clientX - left) / zoomOf(row) / characterPx, isAscii ? "ascii" : "hex")),
    );
    return Math.min(layout.end(index), layout.start(index) + place);
  };
  return (
    <BytePane
      {...props}
      kind="hex"
      label={`${title}, hex`}
      pane={pane}
      layout={layout}
      units={byteUnits(buffer.length)}
      isWhole
      hit={hit}
      onWord={(at) => onSelect({ anchor: at, head: Math.min(buffer.length, at + 1) })}
      renderRow={renderRow}
    />
  );
}

const lookClass: Record<HexLook, string> = { plain: "", quiet: "ui-faint", ...markClass };

interface HexRowProps {
  readonly runs: readonly HexRun[];
  readonly perRow: number;
  readonly caret: number | null;
  readonly isCaretAtEnd: boolean;
}

function HexRow({ runs, perRow, caret, isCaretAtEnd }: HexRowProps) {
  const part = (of: "hex" | "ascii") => (
    <>
      {runs.map((run, index) => {
        const next = runs[index + 1];
        // The gap after a highlight's last byte is no part of it.
        const text =
          run.highlight !== null && next?.highlight !== run.highlight && of === "hex" ? run.hex.trimEnd() : run[of];
        return (
          <Fragment key={run.from}>
            {run.from === caret && <span className="byte-caret" data-caret="" />}
            <span
              className={
                `${lookClass[run.look]} ${run.highlight === null ? "" : highlightClass[run.highlight]}`.trim() ||
                undefined
              }
            >
              {text}
            </span>
            {run[of].slice(text.length)}
          </Fragment>
        );
      })}
      {isCaretAtEnd && <span className="byte-caret" data-caret="" />}
    </>
  );
  return (
    <>
      <span className="byte-hex" style={{ width: `${perRow * 3 + (perRow === 16 ? 1 : 0)}ch` }}>
        {part("hex")}
      </span>
      <span className="ui-dim byte-ascii">{part("ascii")}</span>
    </>
  );
}
