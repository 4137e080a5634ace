// Notes in a FastCGI conversation that others know by their words.

/** What runs does not do what a FastCGI application does. */
export const notAccepted =
  "Until the request was given up the process had not accepted its connection: it takes none on its descriptor 0, or was not that far yet.";

/** How notes on further attempts end. */
const sentAgain = "sent again on a new one.";
/** `code`: the errno's name. */
export const closedUnread = (code: string): string =>
  `The application closed the kept connection (${code}) without having read all of the request, which was ${sentAgain}`;
export const refusedThere = `The application refused the request on this connection (CANT_MPX_CONN): it was ${sentAgain}`;
/** A note on an attempt that was not the last one. */
export const isOnEarlierAttempt = (note: string): boolean => note.endsWith(sentAgain);
