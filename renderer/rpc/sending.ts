// A request that the server sends for this window: the call yields two events, begun and ended. The call is the
// request's owner: aborting it ends the request.
interface Begun {
  readonly kind: "begun";
  /** Of its trace. */
  readonly id: string;
}
type SendingEvent = Begun | { readonly kind: "ended" };

/**
 * How the request ended; `onBegun` gets its trace's id as soon as there is one. Rejects when it fails or is aborted.
 */
export async function untilEnded<Event extends SendingEvent>(
  events: AsyncIterable<Event>,
  onBegun: (id: string) => void = () => {},
): Promise<Exclude<Event, Begun>> {
  for await (const event of events) {
    if (hasEnded(event)) return event;
    if (event.kind === "begun") onBegun(event.id);
  }
  throw new Error("The connection to the server closed.");
}

const hasEnded = <Event extends SendingEvent>(event: Event): event is Exclude<Event, Begun> => event.kind === "ended";
