// Dialogs that nobody opens in the first moment, in one chunk: each by itself would cost the first screen some bytes.
import { RepeatDialog } from "../features/composer/repeat-dialog.js";
import { PasteDialog } from "../features/curl/paste-dialog.js";
import { ProblemsDialog } from "../features/doctor/problems-dialog.js";
import { RulesDialog } from "../features/doctor/rules-dialog.js";
import { ExportDialog } from "../features/exchange/export-dialog.js";
import { OpenTracesDialog } from "../features/exchange/open-dialog.js";
import { AskDialog } from "../features/explorer/ask-dialog.js";
import { EncodingsDialog } from "../features/folder-encodings/encodings-dialog.js";
import { FiguresDialog } from "../features/latency/figures-dialog.js";
import { SaveDialog } from "../features/saved/save-dialog.js";
import { LinkDialog } from "./link-dialog.js";

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
