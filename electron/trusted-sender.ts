// Whether a message to main comes from our own page: the right contents, its top frame, still on our origin.
import type { WebContents, WebFrameMain } from "electron";

interface Message {
  readonly sender: WebContents;
  /** Null when the frame has gone since. */
  readonly senderFrame: WebFrameMain | null;
}

export function isTrustedSender({ sender, senderFrame }: Message, contents: WebContents, origin: string): boolean {
  if (sender !== contents || contents.isDestroyed() || senderFrame === null) return false;
  return senderFrame === contents.mainFrame && senderFrame.origin === origin;
}
