// Waiting for something that has no event: asks again and again until a deadline, and then says what it waited for.
const everyMs = 20;

/** The first answer that is neither null nor false; rejects after `deadlineMs`. */
export async function waitFor<T>(
  what: string,
  ask: () => T | null | false | Promise<T | null | false>,
  deadlineMs = 20_000,
): Promise<T> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > until) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/**
 * Resolves when a server in this process has read what was written to it: the system hands bytes on the loopback over
 * at once, and each turn of the event loop reads them.
 */
export async function untilRead(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A number once it has stayed the same for a while. */
export async function settled(read: () => number): Promise<number> {
  let [last, same] = [read(), 0];
  return waitFor("the number settles", () => {
    const now = read();
    same = now === last ? same + 1 : 0;
    last = now;
    return same > 25 ? now : null;
  });
}

/** The promise's value; rejects when it takes longer than `deadlineMs`. */
export async function within<T>(what: string, promise: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
