// Joins the lit occurrences of one value along the right edge of the X-ray, so that a room sees that they are the same.
import { type RefObject, useEffect, useState } from "react";
import { zoomOf } from "../../ui/zoom.js";

interface Wire {
  readonly left: number;
  readonly top: number;
}
interface Drawing {
  readonly colour: string | null;
  readonly wires: readonly Wire[];
}

const nothing: Drawing = { colour: null, wires: [] };

export function Wires({ within }: { readonly within: RefObject<HTMLElement | null> }) {
  const [drawing, setDrawing] = useState(nothing);
  useEffect(() => {
    const box = within.current;
    if (!box) return;
    let frame = 0;
    const draw = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setDrawing(drawingIn(box)));
    };
    draw();
    const changes = new MutationObserver(draw);
    changes.observe(box, { subtree: true, childList: true, attributeFilter: ["data-active", "open"] });
    const sizes = new ResizeObserver(draw);
    sizes.observe(box);
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      sizes.disconnect();
    };
  }, [within]);
  const first = drawing.wires[0];
  const last = drawing.wires.at(-1);
  if (!first || !last || first === last) return null;
  return (
    <div className="present-wires" data-colour={drawing.colour} aria-hidden="true">
      {drawing.wires.map(({ left, top }) => (
        <i key={top} className="present-wire" style={{ left, top }} />
      ))}
      <i className="present-bus" style={{ top: first.top, height: last.top - first.top }} />
    </div>
  );
}

/** In pixels of the box's own, from its top: it scrolls with its contents. */
function drawingIn(box: HTMLElement): Drawing {
  const lit = [...box.querySelectorAll<HTMLElement>("[data-active]")].filter(
    (element) => element.offsetParent !== null,
  );
  const zoom = zoomOf(box);
  const around = box.getBoundingClientRect();
  const wires = lit.map((element) => {
    const line = element.parentElement ?? element;
    const piece = element.getBoundingClientRect();
    const row = element.closest("dt")?.nextElementSibling ?? line;
    const range = document.createRange();
    range.selectNodeContents(row);
    const right = Math.max(piece.right, range.getBoundingClientRect().right);
    return {
      left: (right - around.left) / zoom + 8,
      top: (piece.top + piece.height / 2 - around.top) / zoom + box.scrollTop,
    };
  });
  return {
    colour: lit[0]?.dataset["colour"] ?? null,
    wires: wires.filter(({ top }, index) => wires.findIndex((other) => Math.abs(other.top - top) < 4) === index),
  };
}
