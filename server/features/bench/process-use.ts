// What processes take, as the system counts it in /proc: processor time, and memory of which each process that shares a
// page has a part. Without /proc nothing is known.
import { readdirSync, readFileSync } from "node:fs";
import { unlessRefusedSync } from "../../base/disk.js";

/** The unit of the system's counts, on every Linux. */
const tickMs = 10;
/** Less processor time than so many of them says nothing. */
const leastTicks = 5;

/**
 * Processor time so far of `roots`, of all that they started, and of all that this process has
 * waited for, ms: a process that ends moves from one to the other, so the difference of two readings
 * is what was used between them. Null: not known.
 */
export function processorMs(roots: readonly number[]): number | null {
  const own = ticksOf(process.pid);
  if (own === null) return null;
  const ticks = treeOf(roots).reduce((sum, pid) => {
    const { itself, children } = ticksOf(pid) ?? nothing;
    return sum + itself + children;
  }, own.children);
  return ticks * tickMs;
}

/**
 * Processor time of a request, ms, by that of rounds without the highest and the lowest one, because what else this
 * process starts, such as a script that is requested meanwhile, counts in the round in which it ends. Of the others the
 * sum, since each is counted in whole ticks. Null: not known.
 */
export function requestCpuMs(
  rounds: readonly { readonly cpuMs: number | null; readonly requests: number }[],
): number | null {
  const known = rounds.flatMap(({ cpuMs, requests }) => (cpuMs === null || requests === 0 ? [] : { cpuMs, requests }));
  const sorted = known.toSorted((a, b) => a.cpuMs / a.requests - b.cpuMs / b.requests);
  const kept = sorted.length > 2 ? sorted.slice(1, -1) : sorted;
  const used = kept.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  return used < leastTicks * tickMs ? null : used / kept.reduce((sum, { requests }) => sum + requests, 0);
}

/** Memory of `roots` and of all that they started, bytes; null: not known, or none of them runs. */
export function memoryOf(roots: readonly number[]): number | null {
  const known = treeOf(roots).flatMap((pid) => shareOf(pid) ?? []);
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

/** Whose memory is looked for: this process starts others meanwhile. */
interface Sought<T> {
  /** Whether the process has been started. Until then /proc is not read. */
  readonly isStarted: () => boolean;
  /** The process id, from what `work` gives; null: there was no process. */
  readonly pidIn: (result: T) => number | null;
}

/** The most memory that a process which `work` starts in this one has, bytes; null: none was seen. */
export async function peakDuring<T>(
  work: () => Promise<T>,
  { isStarted, pidIn }: Sought<T>,
): Promise<{ readonly result: T; readonly peak: number | null }> {
  const children = (): readonly number[] => childrenOfAll().get(process.pid) ?? [];
  const before = new Set(children());
  let seen: readonly number[] | null = null;
  const peaks = new Map<number, number>();
  const timer = setInterval(() => {
    if (seen === null && isStarted()) seen = children().filter((pid) => !before.has(pid));
    for (const pid of seen ?? []) peaks.set(pid, Math.max(peaks.get(pid) ?? 0, shareOf(pid) ?? 0));
  }, sampleMs);
  try {
    const result = await work();
    return { result, peak: peaks.get(pidIn(result) ?? 0) || null };
  } finally {
    clearInterval(timer);
  }
}
/** Between two looks at a process that lives for some milliseconds, ms. */
const sampleMs = 2;

/** Those with these numbers, and all below them. */
function treeOf(roots: readonly number[]): readonly number[] {
  const children = childrenOfAll();
  const found = new Set<number>();
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (found.has(pid)) continue;
    found.add(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return [...found];
}

/** By their parents. Not every system lists a process's children. */
function childrenOfAll(): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const name of namesIn("/proc")) {
    const fields = /^\d+$/.test(name) ? fieldsOf(Number(name)) : null;
    const parent = fields?.(4);
    if (parent === undefined) continue;
    const siblings = found.get(parent);
    if (siblings) siblings.push(Number(name));
    else found.set(parent, [Number(name)]);
  }
  return found;
}

interface Ticks {
  readonly itself: number;
  /** Of its children that have been waited for. */
  readonly children: number;
}
const nothing: Ticks = { itself: 0, children: 0 };

/** Null: it has ended. */
function ticksOf(pid: number): Ticks | null {
  const field = fieldsOf(pid);
  return field && { itself: field(14) + field(15), children: field(16) + field(17) };
}

/** Of its status, as proc(5) counts them; null: it has ended. */
function fieldsOf(pid: number): ((number: number) => number) | null {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name of the program, in parentheses, may hold anything: the fields behind it count from the third.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (number) => Number(fields[number - 3]);
}

function shareOf(pid: number): number | null {
  const kib = /^Pss: +(\d+) kB/m.exec(textOf(`/proc/${pid}/smaps_rollup`) ?? "")?.[1];
  return kib === undefined ? null : Number(kib) * 1024;
}

/** None on another system. */
const namesIn = (folder: string): readonly string[] => unlessRefusedSync(() => readdirSync(folder), []);

/** Null: the process has just ended, or is another user's. */
const textOf = (file: string): string | null => unlessRefusedSync(() => readFileSync(file, "latin1"), null);
