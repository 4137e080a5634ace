// Waiting for something that has no event: asks again and again until a deadline, and then says what it waited for.
const everyMs = 20;

/** What is waited for. A function is called at the deadline: it can say how far that got. */
type What = string | (() => string);

function late(what: What, deadlineMs: number): Error {
  return new Error(`${typeof what === "string" ? what : what()}: not within ${deadlineMs} ms`);
}

/** The first answer that is neither null nor false; rejects after `deadlineMs`. */
export async function waitFor<T>(
  what: What,
  ask: () => T | null | false | Promise<T | null | false>,
  deadlineMs = 20_000,
): Promise<T> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > until) throw late(what, deadlineMs);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
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
export async function within<T>(what: What, promise: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late(what, deadlineMs)), deadlineMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
