// A measurement as a picture for documents and chats: what was measured, its table, the rounds,
// the verdict. In the colours of the window.
import type { BenchFigures } from "../../../server/contract/command-output.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { formatQuantile, formatRate, formatShare, formatTime, formatTimes } from "./figures.js";
import { dotTop, scaleOf } from "./rate-scale.js";

const width = 1000;
const margin = 28;
const rowHeight = 26;
const laneHeight = 32;
/** Pixels of the picture for one of its units: sharp on every screen. */
const density = 2;
const font = (size: number, weight = 400): string => `${weight} ${size}px ui-sans-serif, system-ui, sans-serif`;

interface Column {
  readonly title: string;
  readonly cell: (figures: BenchFigures, cgi: BenchFigures | null) => string | null;
}
const columns: readonly Column[] = [
  { title: "", cell: ({ mode }) => modeTraits[mode].label },
  { title: "requests/s", cell: ({ perSecond }) => formatRate(perSecond) },
  {
    title: "times CGI",
    cell: ({ perSecond }, cgi) => (cgi && cgi.perSecond > 0 ? formatTimes(perSecond / cgi.perSecond) : null),
  },
  { title: "p50", cell: (figures) => formatTime(figures, figures.p50) },
  { title: "p90", cell: (figures) => formatQuantile("p90", figures, figures.p90) },
  { title: "p99", cell: (figures) => formatQuantile("p99", figures, figures.p99) },
  { title: "max", cell: (figures) => formatTime(figures, figures.max) },
  { title: "errors", cell: ({ errors }) => String(errors) },
  { title: "start-up", cell: ({ startupShare }) => formatShare(startupShare) },
  { title: "CPU", cell: ({ cpuMs }) => (cpuMs === null ? null : formatMs(cpuMs)) },
  { title: "memory", cell: ({ memoryBytes }) => (memoryBytes === null ? null : formatBytes(memoryBytes)) },
];

/** `facts`: what was measured, a line. @throws Error if the browser makes no picture */
export async function pictureOf(measurement: Measurement, title: string, facts: string): Promise<Blob> {
  const shown = measurement.modes.flatMap(({ figures }) => figures ?? []);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The browser has no canvas.");
  const verdict = measurement.verdict.messages.map(({ text }) => text).join(" ");
  context.font = font(14);
  const lines = [facts, verdict].map((text) => wrapped(context, text, width - 2 * margin));
  const textHeight = lines.flat().length * 20;
  canvas.width = width * density;
  canvas.height = (2 * margin + 96 + textHeight + shown.length * (rowHeight + laneHeight) + 60) * density;
  context.scale(density, density);
  const pen = new Pen(context);
  pen.fill(width, canvas.height / density);
  pen.text(title, { size: 20, weight: 650, line: 34 });
  for (const line of lines[0] ?? []) pen.text(line, { colour: "--dim" });
  pen.space(12);
  pen.table(shown, measurement.rate);
  pen.space(16);
  pen.lanes(shown);
  pen.space(12);
  for (const line of lines[1] ?? []) pen.text(line, { weight: 600 });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png"),
  );
}

function wrapped(context: CanvasRenderingContext2D, text: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Draws from the top to the bottom. */
class Pen {
  readonly #context: CanvasRenderingContext2D;
  readonly #styles = getComputedStyle(document.documentElement);
  #top = margin;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
    context.textBaseline = "middle";
  }

  #colour(name: string): string {
    return this.#styles.getPropertyValue(name).trim();
  }

  space(height: number): void {
    this.#top += height;
  }

  fill(across: number, down: number): void {
    this.#context.fillStyle = this.#colour("--panel");
    this.#context.fillRect(0, 0, across, down);
  }

  text(text: string, { size = 14, weight = 400, line = 20, colour = "--text" } = {}): void {
    this.#put(text, margin, { size, weight, colour });
    this.#top += line;
  }

  #put(
    text: string,
    left: number,
    { size = 14, weight = 400, colour = "--text", align = "left" as CanvasTextAlign } = {},
  ): void {
    this.#context.font = font(size, weight);
    this.#context.fillStyle = this.#colour(colour);
    this.#context.textAlign = align;
    this.#context.fillText(text, left, this.#top + 10);
  }

  #rule(): void {
    this.#context.fillStyle = this.#colour("--line");
    this.#context.fillRect(margin, this.#top - 3, width - 2 * margin, 1);
  }

  /** `rate`: where that many requests are due, no mode is faster than another. */
  table(shown: readonly BenchFigures[], rate: number | null): void {
    const cgi = rate === null ? (shown.find(({ mode }) => mode === "cgi") ?? null) : null;
    const first = 110;
    const each = (width - 2 * margin - first) / (columns.length - 1);
    const right = (index: number): number => margin + first + each * index;
    for (const [index, { title }] of columns.entries())
      this.#put(title, right(index), { size: 12, colour: "--dim", align: "right" });
    this.#top += rowHeight;
    for (const figures of shown) {
      this.#rule();
      for (const [index, { cell }] of columns.entries()) {
        const text = cell(figures, cgi) ?? "–";
        if (index === 0) this.#put(text, margin, { weight: 600 });
        else this.#put(text, right(index), { align: "right" });
      }
      this.#top += rowHeight;
    }
  }

  lanes(shown: readonly BenchFigures[]): void {
    const scale = scaleOf(shown.flatMap(({ rounds }) => rounds));
    const left = margin + 110;
    const room = width - 2 * margin - 130;
    const at = (rate: number): number => left + (room * scale.at(rate)) / 100;
    const context = this.#context;
    for (const { mode, rounds } of shown) {
      this.#put(modeTraits[mode].label, margin);
      context.fillStyle = this.#colour("--line");
      context.fillRect(left, this.#top + laneHeight / 2, room, 1);
      context.fillStyle = this.#colour(modeTraits[mode].colour);
      const least = Math.min(...rounds);
      const most = Math.max(...rounds);
      context.globalAlpha = 0.2;
      context.fillRect(at(least) - 4, this.#top + 4, at(most) - at(least) + 8, laneHeight - 8);
      context.globalAlpha = 1;
      for (const [index, rate] of rounds.entries()) {
        context.beginPath();
        context.arc(at(rate), this.#top + (laneHeight * dotTop(index)) / 100, 2.5, 0, 2 * Math.PI);
        context.fill();
      }
      this.#top += laneHeight;
    }
    for (const tick of scale.ticks)
      this.#put(formatCount(tick), at(tick), { size: 12, colour: "--dim", align: "center" });
    this.#top += 20;
    this.#put("Requests a second; a dot is a round.", left, { size: 12, colour: "--dim" });
    this.#top += 20;
  }
}
