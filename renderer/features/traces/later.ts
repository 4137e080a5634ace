// What the list of traces does not need for its first picture, in one chunk: menus,
// dialogs, rare lines, and what commands do.
import "./later.css";

export { copyAs } from "./actions/copy-as.js";
export { deleteShown, deleteTrace, undoDeletion } from "./actions/delete-traces.js";
export { onlySession, onlySinceSave, onlyVersion } from "./actions/narrow.js";
export { copyLink, togglePin } from "./actions/pin-and-link.js";
export { editAgain, runBoth, runThen, sendAgain, varyTrace } from "./actions/replay.js";
export { ColumnItems } from "./column-items.js";
export { filterBy } from "./filter/filter-by.js";
export { Suggestions } from "./filter/suggestions.js";
export { HitLine } from "./hit-line.js";
export { ListItems } from "./list-items.js";
export { Missed, NothingFound } from "./list-notes.js";
export { RowMarks } from "./row-marks.js";
export { RunRow } from "./run-row.js";
export { StoredNote } from "./stored-note.js";
export { TraceDialogs } from "./trace-dialogs.js";
export { TraceItems } from "./trace-items.js";
export { TracesEmpty } from "./traces-empty.js";
