// Dialogs that nobody opens in the first moment: the first screen does not even have their names.
import { lazyPart } from "../platform/lazy-part.js";
import { LinkDialog } from "./link-dialog.js";

const when = { when: "idle" } as const;
const AskDialog = lazyPart(async () => (await import("../features/explorer/ask-dialog.js")).AskDialog, when);
const PasteDialog = lazyPart(async () => (await import("../features/curl/paste-dialog.js")).PasteDialog, when);
const ExportDialog = lazyPart(async () => (await import("../features/exchange/export-dialog.js")).ExportDialog, when);
const OpenTracesDialog = lazyPart(
  async () => (await import("../features/exchange/open-dialog.js")).OpenTracesDialog,
  when,
);
const RepeatDialog = lazyPart(async () => (await import("../features/composer/repeat-dialog.js")).RepeatDialog, when);
const SaveDialog = lazyPart(async () => (await import("../features/saved/save-dialog.js")).SaveDialog, when);
const FiguresDialog = lazyPart(async () => (await import("../features/latency/figures-dialog.js")).FiguresDialog, when);
const RulesDialog = lazyPart(async () => (await import("../features/doctor/rules-dialog.js")).RulesDialog, when);
const ProblemsDialog = lazyPart(
  async () => (await import("../features/doctor/problems-dialog.js")).ProblemsDialog,
  when,
);
const EncodingsDialog = lazyPart(
  async () => (await import("../features/folder-encodings/encodings-dialog.js")).EncodingsDialog,
  when,
);

export const LaterDialogs = () => (
  <>
    <AskDialog />
    <PasteDialog />
    <ExportDialog />
    <OpenTracesDialog />
    <RepeatDialog />
    <SaveDialog />
    <LinkDialog />
    <FiguresDialog />
    <RulesDialog />
    <ProblemsDialog />
    <EncodingsDialog />
  </>
);
