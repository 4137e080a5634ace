// The scrolling rows of a stream, as text or hex: draws those in view, finds the byte
// under the pointer, moves the caret by keys.
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { rowsIn, scaleOfList } from "../../ui/use-fixed-rows.js";
import { zoomOf } from "../../ui/zoom.js";
import { type ByteSelection, moved, type Units } from "./byte-selection.js";
import { type RowLayout, rowHeight } from "./row-layout.js";
import type { Pane } from "./use-pane.js";

/** The first byte in view (a fraction: so far into its row), or the end. */
interface PanePosition {
  readonly at: number;
  readonly isEnd: boolean;
}
/** How two panes move in step. */
export interface PaneHandle {
  place(): PanePosition;
  moveTo(place: PanePosition): void;
  focus(): void;
}
/**
 * Scrolls to an offset; a new object for each request. `how`: what is not in view comes a third down the view, or only
 * as far as needed; or it comes to the top, wherever it is.
 */
export interface ScrollRequest {
  /** A fraction: so far into its row. */
  readonly at: number;
  readonly how: "third" | "nearest" | "top";
}

/** What the rows of a stream are given, whatever they show. */
export interface ByteRowsProps {
  readonly handle: Ref<PaneHandle>;
  readonly selection: ByteSelection | null;
  readonly onSelect: (selection: ByteSelection) => void;
  readonly scroll: ScrollRequest | null;
  /** This pane was scrolled: by the program, or by the user. */
  readonly onScroll: (isOurs: boolean) => void;
  /** The rows hold other bytes, by their width or `hasEscapes`: the first byte in view is to come to the top again. */
  readonly onReflow: () => void;
  /** A menu is asked for at a point of the window: about the unit there, or about the selection (null). */
  readonly onMenu: (at: number | null, point: { readonly x: number; readonly y: number }) => void;
}

interface BytePaneProps extends ByteRowsProps {
  readonly kind: "text" | "hex";
  readonly label: string;
  readonly pane: Pane;
  readonly layout: RowLayout;
  readonly units: Units;
  /** False while rows are still being found. */
  readonly isWhole: boolean;
  /** A terminal's escape sequences take no room in the rows. */
  readonly hasEscapes?: boolean;
  /** The place between bytes that is nearest to a pointer in a row. */
  readonly hit: (row: HTMLElement, clientX: number, index: number) => number;
  /** A double click at this place. */
  readonly onWord: (at: number) => void;
  readonly renderRow: (index: number) => ReactNode;
  readonly children?: ReactNode;
}

export function BytePane(props: BytePaneProps) {
  const { kind, label, pane, handle, layout, units, isWhole, selection, onSelect, scroll, renderRow } = props;
  const { scroller, viewport } = pane;
  const scale = scaleOfList(layout.count * rowHeight, viewport.height);
  const latest = useRef({ layout, scale, viewport });
  latest.current = { layout, scale, viewport };
  /** Where this pane was scrolled to by the program: the next event is not the user's. */
  const expected = useRef<number | null>(null);
  const scrollTo = (place: number): void => {
    const element = scroller.current;
    if (!element) return;
    const before = element.scrollTop;
    element.scrollTop = latest.current.scale.toScroll(Math.max(0, place));
    if (element.scrollTop !== before) expected.current = element.scrollTop;
  };
  const moveTo = ({ at, isEnd }: PanePosition): void => {
    const { layout } = latest.current;
    const row = layout.rowAt(Math.floor(at));
    const share = (at - layout.start(row)) / Math.max(1, layout.end(row) - layout.start(row));
    scrollTo((isEnd ? layout.count : row + Math.min(1, share)) * rowHeight);
  };

  useImperativeHandle(handle, () => ({
    place: () => {
      const element = scroller.current;
      const { layout, scale } = latest.current;
      if (!element) return { at: 0, isEnd: false };
      const place = scale.toTop(element.scrollTop) / rowHeight;
      const row = Math.min(layout.count - 1, Math.floor(place));
      return {
        at: layout.start(row) + (place - row) * (layout.end(row) - layout.start(row)),
        isEnd: element.scrollTop > 0 && element.scrollTop + element.clientHeight >= element.scrollHeight - 1,
      };
    },
    moveTo,
    focus: () => scroller.current?.focus(),
  }));

  const scrollAsAsked = ({ at, how }: ScrollRequest): void => {
    const place = layout.rowAt(at) * rowHeight;
    const top = scale.toTop(viewport.top);
    const above = place < top;
    const below = place + rowHeight > top + viewport.height;
    if (how === "top") moveTo({ at, isEnd: false });
    else if (!above && !below) return;
    else if (how === "third") scrollTo(place - viewport.height / 3);
    else scrollTo(above ? place : place + rowHeight - viewport.height);
  };
  // A row comes to the top only where enough rows below it are known to fill the view.
  const needed = scroll?.how === "top" ? Math.ceil(viewport.height / rowHeight) : 0;
  const isKnown =
    scroll !== null &&
    viewport.height > 0 &&
    (isWhole || (layout.end(layout.count - 1) > scroll.at && layout.rowAt(scroll.at) + needed < layout.count));
  const done = useRef<ScrollRequest | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each request, as soon as its row is known
  useLayoutEffect(() => {
    if (!scroll || !isKnown || done.current === scroll) return;
    done.current = scroll;
    scrollAsAsked(scroll);
    props.onScroll(true);
  }, [scroll, isKnown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request that still waits for its row says where to go
  useLayoutEffect(() => {
    if (scroll === done.current) props.onReflow();
  }, [pane.columns, props.hasEscapes]);

  const rowUnder = (clientY: number): number => {
    const box = scroller.current?.getBoundingClientRect();
    const place =
      scale.toTop(scroller.current?.scrollTop ?? 0) + (clientY - (box?.top ?? 0)) / zoomOf(scroller.current);
    return Math.max(0, Math.min(layout.count - 1, Math.floor(place / rowHeight)));
  };
  const placeUnder = (event: { readonly clientX: number; readonly clientY: number }): number => {
    const index = rowUnder(event.clientY);
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    return row ? props.hit(row, event.clientX, index) : layout.start(index);
  };
  /** The unit under the pointer begins before it, at most a unit's width. */
  const unitUnder = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): number =>
    placeUnder({
      clientX: clientX - zoomOf(scroller.current) * pane.characterPx * (kind === "hex" ? 1 : 0.5),
      clientY,
    });
  const drag = useDragScroll(pane, (clientX, clientY) =>
    onSelect({ anchor: drag.anchor.current ?? 0, head: placeUnder({ clientX, clientY }) }),
  );
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    // A finger scrolls. A press on the scroll bar is outside the client area.
    if (
      event.button !== 0 ||
      event.pointerType === "touch" ||
      event.nativeEvent.offsetX > viewport.width ||
      layout.count === 0
    )
      return;
    const head = placeUnder(event);
    const anchor = event.shiftKey && selection ? selection.anchor : head;
    drag.begin(event, anchor);
    onSelect({ anchor, head });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isWhole = event.ctrlKey || event.metaKey;
    if (event.altKey || layout.count === 0 || (isWhole && event.key !== "Home" && event.key !== "End")) return;
    const from = selection?.head ?? layout.start(rowUnder((scroller.current?.getBoundingClientRect().top ?? 0) + 1));
    const head = moved(
      from,
      event.key,
      isWhole,
      layout,
      units,
      Math.max(1, Math.floor(viewport.height / rowHeight) - 1),
    );
    if (head === null) return;
    event.preventDefault();
    onSelect({ anchor: event.shiftKey ? (selection?.anchor ?? from) : head, head });
  };
  const onScroll = (): void => {
    const isOurs = expected.current !== null && Math.abs((scroller.current?.scrollTop ?? 0) - expected.current) < 2;
    expected.current = null;
    // While the rows above the wanted one are found, the browser scrolls back to those there are.
    if (scroll?.how === "top" && scroll !== done.current) return;
    props.onScroll(isOurs);
  };

  const top = scale.toTop(viewport.top);
  const { first, end } = rowsIn({ ...viewport, top }, layout.count, rowHeight);
  const shown = [];
  for (let index = first; index < end; index++) {
    const from = layout.start(index);
    shown.push(
      <div
        key={from}
        className="byte-row"
        data-row={kind}
        data-offset={from}
        data-index={index}
        style={{ transform: `translateY(${index * rowHeight - top + viewport.top}px)` }}
      >
        {renderRow(index)}
      </div>,
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={scroller}
      className="byte-scroller ui-mono"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      role="group"
      aria-label={label}
      data-pane={kind}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={drag.move}
      onPointerUp={drag.end}
      onPointerCancel={drag.end}
      onDoubleClick={(event) => props.onWord(unitUnder(event))}
      onContextMenu={(event) => {
        event.preventDefault();
        const isPointer = event.button === 2 || event.ctrlKey;
        const caret = scroller.current?.querySelector("[data-caret]")?.getBoundingClientRect();
        const { x, y } =
          isPointer || !caret ? { x: event.clientX, y: event.clientY } : { x: caret.left, y: caret.bottom };
        props.onMenu(isPointer && layout.count > 0 ? unitUnder(event) : null, { x, y });
      }}
      onScroll={onScroll}
    >
      <div className="byte-rows" style={{ height: scale.px }}>
        {shown}
      </div>
      {props.children}
    </div>
  );
}

/** A drag that goes on scrolling while the pointer is above or below the rows. */
function useDragScroll({ scroller }: Pane, select: (clientX: number, clientY: number) => void) {
  const anchor = useRef<number | null>(null);
  const pointer = useRef({ x: 0, y: 0 });
  const frame = useRef(0);
  const latest = useRef(select);
  latest.current = select;
  const scrollOn = (): void => {
    const box = scroller.current?.getBoundingClientRect();
    if (anchor.current === null || !box || !scroller.current) return;
    const over = Math.min(0, pointer.current.y - box.top) + Math.max(0, pointer.current.y - box.bottom);
    if (over !== 0) {
      scroller.current.scrollTop += over / 4;
      latest.current(pointer.current.x, Math.max(box.top + 1, Math.min(box.bottom - 2, pointer.current.y)));
    }
    frame.current = requestAnimationFrame(scrollOn);
  };
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return {
    anchor,
    begin: (event: PointerEvent<HTMLDivElement>, from: number): void => {
      event.currentTarget.setPointerCapture(event.pointerId);
      anchor.current = from;
      pointer.current = { x: event.clientX, y: event.clientY };
      frame.current = requestAnimationFrame(scrollOn);
    },
    move: (event: PointerEvent<HTMLDivElement>): void => {
      if (anchor.current === null) return;
      pointer.current = { x: event.clientX, y: event.clientY };
      latest.current(event.clientX, event.clientY);
    },
    end: (): void => {
      anchor.current = null;
      cancelAnimationFrame(frame.current);
    },
  };
}
