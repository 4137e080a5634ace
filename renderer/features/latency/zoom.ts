// A stretch of the graph: some requests, by their numbers, or some time. It stays where it is while new requests come.

export interface Zoom {
  /** Requests by their sequence numbers, both included, or Unix time in ms. */
  readonly by: "requests" | "time";
  readonly from: number;
  readonly to: number;
}

/** The shortest stretch of time, ms; a range with fewer than two requests looks like a click. */
const shortestMs = 1000;

/** What the graph shows before a zoom: the sequence numbers of its requests (ascending), or its time. */
export type Shown =
  | { readonly by: "requests"; readonly seqs: readonly number[] }
  | { readonly by: "time"; readonly from: number; readonly to: number };

/**
 * The part from `left` to `right` (shares of the plotting area) of what is shown; null when it is too small to be one.
 */
export function zoomInto(
  shown: Shown,
  left: number,
  right: number,
  slots = shown.by === "requests" ? shown.seqs.length : 0,
): Zoom | null {
  const low = Math.max(0, Math.min(left, right));
  const high = Math.min(1, Math.max(left, right));
  if (shown.by === "time") {
    const span = shown.to - shown.from;
    const zoom: Zoom = { by: "time", from: shown.from + low * span, to: shown.from + high * span };
    return zoom.to - zoom.from < shortestMs ? null : zoom;
  }
  // A request is drawn in the middle of its slot: it is in the range when its middle is.
  const first = Math.ceil(low * slots - 0.5);
  const last = Math.min(shown.seqs.length - 1, Math.floor(high * slots - 0.5));
  return last <= first ? null : requestsAt(shown.seqs, first, last);
}

/** Null when there are none at one of the places. */
function requestsAt(seqs: readonly number[], first: number, last: number): Zoom | null {
  const from = seqs[first];
  const to = seqs[last];
  return from === undefined || to === undefined ? null : { by: "requests", from, to };
}

/** Where the first and the last of its requests are. */
const placesOf = (zoom: Zoom, seqs: readonly number[]): readonly [first: number, last: number] => [
  seqs.findIndex((seq) => seq >= zoom.from),
  seqs.findLastIndex((seq) => seq <= zoom.to),
];

/**
 * Moves a stretch by a share of its own length: requests among those there are (`seqs`, ascending), time between the
 * first request and now (`time`).
 */
export function panned(
  zoom: Zoom,
  share: number,
  seqs: readonly number[],
  time: { readonly from: number; readonly to: number },
): Zoom {
  if (zoom.by === "time") {
    const back = Math.min(0, time.from - zoom.from);
    const on = Math.max(0, time.to - zoom.to);
    const by = Math.max(back, Math.min(on, (zoom.to - zoom.from) * share));
    return { ...zoom, from: zoom.from + by, to: zoom.to + by };
  }
  const [first, last] = placesOf(zoom, seqs);
  const step = Math.round((last - first + 1) * share) || Math.sign(share);
  const by = Math.max(-first, Math.min(seqs.length - 1 - last, step));
  return requestsAt(seqs, first + by, last + by) ?? zoom;
}

/** Twice as long a stretch round its middle; null when that is all there is to see. */
export function widened(
  zoom: Zoom,
  seqs: readonly number[],
  whole: { readonly requests: number; readonly from: number; readonly to: number },
): Zoom | null {
  if (zoom.by === "time") {
    const half = (zoom.to - zoom.from) / 2;
    const to = Math.min(whole.to, zoom.to + half);
    const from = to - 4 * half;
    return 4 * half >= whole.to - whole.from ? null : { by: "time", from, to };
  }
  const [first, last] = placesOf(zoom, seqs);
  const count = last - first + 1;
  if (count * 2 >= Math.min(whole.requests, seqs.length)) return null;
  const begin = Math.max(0, first - Math.ceil(count / 2));
  return requestsAt(seqs, begin, Math.min(seqs.length - 1, begin + count * 2 - 1));
}
