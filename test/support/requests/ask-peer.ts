// The generated requests over sockets: what a server answers to each, and what its script saw.
import { connect } from "node:net";

/** Says in a header of its response what it saw: of method, query and body how long each was, and a sum of it. */
export const sawProgram = `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static void show(const char *name) {
  const char *text = getenv(name);
  unsigned long count = 0, sum = 5381;
  for (; text && *text; text++, count++) sum = sum * 33 + (unsigned char)*text;
  printf("%lu.%lu ", count, sum);
}
int main(void) {
  unsigned char bytes[4096];
  unsigned long count = 0, sum = 5381;
  ssize_t got;
  while ((got = read(0, bytes, sizeof bytes)) > 0)
    for (ssize_t i = 0; i < got; i++, count++) sum = sum * 33 + bytes[i];
  printf("Content-Type: text/plain\\r\\nX-Saw: ");
  show("REQUEST_METHOD");
  show("QUERY_STRING");
  printf("%lu.%lu\\r\\n\\r\\nok\\n", count, sum);
}
`;

export interface Answer {
  /** 0: bytes without a status line. */
  readonly status: number;
  /** What the script saw; null: no script ran. */
  readonly saw: string | null;
}

/** Longer than any server here waits for bytes that do not come, ms. */
const deadlineMs = 15_000;

/**
 * Sends the bytes and ends this side; the answers until the server closes,
 * interim ones left out. Null: it did not close.
 */
export async function ask(port: number, bytes: Uint8Array): Promise<readonly Answer[] | null> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  const parts: Buffer[] = [];
  let isLate = false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      isLate = true;
      socket.destroy();
    }, deadlineMs);
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => {}); // a reset: what was answered before it counts, and `close` follows
    socket.once("end", () => socket.destroy());
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.end(bytes);
  });
  return isLate ? null : answersIn(Buffer.concat(parts).toString("latin1"));
}

/** A status line begins what was received, or follows a body's end: no page of these servers has one in its text. */
function answersIn(received: string): Answer[] {
  const starts = [...received.matchAll(/HTTP\/1\.[01] (\d{3})(?= [^\r\n]*\r\n)/g)];
  const answers = starts.map(({ index, 1: status }, n) => ({
    status: Number(status),
    saw: /\r\nX-Saw: ([^\r\n]*)/i.exec(received.slice(index, starts[n + 1]?.index))?.[1] ?? null,
  }));
  const [first] = starts;
  const before = received.slice(0, first?.index);
  if (before !== "") answers.unshift({ status: 0, saw: null });
  return answers.filter(({ status }) => status >= 200 || status === 0);
}
