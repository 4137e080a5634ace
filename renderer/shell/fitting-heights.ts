// How high the panes are as long as nobody dragged them: the script and the answer first. The editor has nearly half of
// the window, the request what its open part needs, and the list what its rows need.

export interface Room {
  /** Of the whole window, px. */
  readonly window: number;
  /** Of the panes: the window without its bars. */
  readonly panes: number;
}
export interface Needs {
  /** What the composer would like, px. */
  readonly composer: number;
  /**
   * Rows in the list; null: another tab, which takes what there is; "many": what is found or compared, read row by row.
   */
  readonly rows: number | null | "many";
  /** The request is read line by line, as bytes. */
  readonly isRaw?: boolean;
}
export interface Heights {
  readonly composer: number;
  readonly bottom: number;
}

const rowPx = 24;
/** The tabs of the list, its head, and its line. */
const listBarsPx = 30 + rowPx + 1;
const leastRows = 3;
/** Of the window, for the lines of the editor; its tabs are extra. */
const editorShare = 0.45;
const editorTabsPx = 35;
/** Of the panes, for the list. */
const listShare = 0.36;
/** While results or bytes are read, the editor shows each with a few lines around it. */
const reading = { editorShare: 0.28, listShare: 0.46 };
export const leastComposer = 104;
/** With one row of its table: in a low window the editor gives a little of its share for it. */
const oneRowComposer = 126;
const lowEditorShare = 0.4;

export function fittingHeights(room: Room, needs: Needs): Heights {
  const least = listBarsPx + leastRows * rowPx;
  const isList = needs.rows === "many";
  const shares = {
    editorShare: isList || needs.isRaw === true ? reading.editorShare : editorShare,
    listShare: isList ? reading.listShare : listShare,
  };
  const besideEditor = (share: number): number => room.panes - Math.ceil(room.window * share) - editorTabsPx;
  const beside = besideEditor(shares.editorShare);
  const oneRow = Math.min(oneRowComposer, besideEditor(Math.min(lowEditorShare, shares.editorShare)) - least);
  const composer = Math.max(leastComposer, Math.min(needs.composer, Math.max(beside - least, oneRow)));
  const most = Math.min(room.panes * shares.listShare, beside - composer);
  const mostRows = Math.max(leastRows, Math.floor((most - listBarsPx) / rowPx));
  const rows = Math.max(leastRows, Math.min(typeof needs.rows === "number" ? needs.rows : mostRows, mostRows));
  return { composer, bottom: listBarsPx + rows * rowPx };
}

/** More rows than any window shows: beyond it the list's length changes nothing. */
export const enoughRows = 60;
