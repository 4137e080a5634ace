// How a stream's bytes are laid out in rows: the interface that scrolling, moving and drawing need, whatever the rows
// show.

export interface RowLayout {
  readonly count: number;
  /** The offset at which row `index` begins. */
  start(index: number): number;
  /** The offset after the last byte of row `index`. */
  end(index: number): number;
  /** The row that holds the byte at `offset`. */
  rowAt(offset: number): number;
}

/** Rows of `perRow` bytes each, over `length` bytes. */
export function hexLayout(length: number, perRow: number): RowLayout {
  return {
    count: Math.ceil(length / perRow),
    start: (index) => index * perRow,
    end: (index) => Math.min(length, (index + 1) * perRow),
    rowAt: (offset) => Math.max(0, Math.min(Math.ceil(length / perRow) - 1, Math.floor(offset / perRow))),
  };
}

/** Pixels of a row. */
export const rowHeight = 19;
