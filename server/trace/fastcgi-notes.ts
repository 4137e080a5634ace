// Notes in a FastCGI conversation that others know by their words.

/** What runs does not do what a FastCGI application does. */
export const notAccepted =
  "Until the request was given up the process had not accepted its connection: it takes none on its descriptor 0, or was not that far yet.";
