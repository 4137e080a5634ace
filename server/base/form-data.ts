// oRPC asks of each call whether it is a form. The window sends none, and for its own class Node loads its whole HTTP
// client, which takes 30 ms of a start. The build puts this class in the place of Node's.

/** Calls have no forms: oRPC only asks whether a value is one. */
export class FormData {
  /** oRPC would make one for a response that holds a `Blob`. @throws TypeError */
  set(): never {
    throw new TypeError("a response of the window's calls holds no Blob: send its bytes as text or as a frame");
  }
}
