// A measurement as a picture for documents and chats: what was measured, its table, the rounds, the verdict. The page
// lays it out outside of the view, in the colours of the window, and an SVG image of that is drawn.
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { FigureTable } from "./figure-table.js";
import { columnsOf, timesCgi } from "./mode-columns.js";
import { RoundsChart } from "./rounds-chart.js";

/** Pixels of the picture for one of the page: sharp on every screen. */
const density = 2;

/** `facts`: what was measured, a line. @throws Error if the browser makes no picture */
export async function pictureOf(measurement: Measurement, title: string, facts: string): Promise<Blob> {
  const place = document.createElement("div");
  place.className = "ways-picture";
  document.body.append(place);
  const root = createRoot(place);
  try {
    flushSync(() => root.render(<Page measurement={measurement} title={title} facts={facts} />));
    const { width, height } = place.getBoundingClientRect();
    const canvas = document.createElement("canvas");
    canvas.width = width * density;
    canvas.height = height * density;
    const image = new Image(canvas.width, canvas.height);
    const page = new XMLSerializer().serializeToString(styledCopy(place));
    const content = `<foreignObject width="100%" height="100%">${page}</foreignObject>`;
    const size = `width="${canvas.width}" height="${canvas.height}" viewBox="0 0 ${width} ${height}"`;
    image.src = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${content}</svg>`)}`;
    await image.decode();
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("The browser made no picture.");
    context.drawImage(image, 0, 0);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png"),
    );
  } finally {
    root.unmount();
    place.remove();
  }
}

/** An image knows no style sheets: each element has its styles itself. */
function styledCopy(node: Node): Node {
  const copy = node.cloneNode();
  if (node instanceof Element && copy instanceof HTMLElement) {
    const styles = getComputedStyle(node);
    for (const name of styles) copy.style.setProperty(name, styles.getPropertyValue(name));
  }
  for (const child of node.childNodes) copy.appendChild(styledCopy(child));
  return copy;
}

interface PageProps {
  readonly measurement: Measurement;
  readonly title: string;
  readonly facts: string;
}

function Page({ measurement, title, facts }: PageProps) {
  const columns = columnsOf({ mode: null, agent: null }, measurement);
  return (
    <>
      <h2>{title}</h2>
      <p className="ui-dim">{facts}</p>
      <FigureTable
        label="Figures"
        of=""
        columns={["requests/s", "times CGI", "p50", "p90", "p99", "max", "errors", "start-up", "CPU", "Memory"]}
        rows={columns.flatMap((column) => {
          const figures = column.measured?.figures;
          const times = timesCgi(column, columns, measurement.rate);
          return figures ? { name: modeTraits[column.mode].label, figures, times } : [];
        })}
      />
      <RoundsChart columns={columns} measurement={measurement} />
      <p className="ui-strong">{measurement.verdict.messages.map(({ text }) => text).join(" ")}</p>
    </>
  );
}
