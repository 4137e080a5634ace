// The actions of all commands, collected from the features for the registry. The compiler reports a missing one.
import { byteCommands } from "./features/bytes/commands.js";
import { composerCommands } from "./features/composer/commands.js";
import { curlCommands } from "./features/curl/commands.js";
import { debugCommands } from "./features/debug/commands.js";
import { doctorCommands } from "./features/doctor/commands.js";
import { editorCommands } from "./features/editor/commands.js";
import { encodingCommands } from "./features/encoding/commands.js";
import { exchangeCommands } from "./features/exchange/commands.js";
import { explorerCommands } from "./features/explorer/commands.js";
import { diffCommands } from "./features/file-diff/commands.js";
import { folderEncodingsCommands } from "./features/folder-encodings/commands.js";
import { helpCommands } from "./features/help/commands.js";
import { holdCommands } from "./features/hold/commands.js";
import { latencyCommands } from "./features/latency/commands.js";
import { lessonCommands } from "./features/lessons/commands.js";
import { modeComparisonCommands } from "./features/mode-comparison/commands.js";
import { modeCommands } from "./features/modes/commands.js";
import { ownCommandsCommands } from "./features/own-commands/commands.js";
import { presentCommands } from "./features/present/commands.js";
import { previewCommands } from "./features/preview/commands.js";
import { responseCommands } from "./features/response/commands.js";
import { samplesCommands } from "./features/samples/commands.js";
import { savedCommands } from "./features/saved/commands.js";
import { serverCommands } from "./features/server/commands.js";
import { otherServersCommands } from "./features/servers/commands.js";
import { settingsCommands } from "./features/settings/commands.js";
import { traceCommands } from "./features/traces/commands.js";
import { workersCommands } from "./features/workers/commands.js";
import { workspaceCommands } from "./features/workspace/commands.js";
import type { Commands } from "./platform/command-registry.js";
import { viewCommands } from "./shell/view-commands.js";

export const allCommands: Commands = {
  ...byteCommands,
  ...composerCommands,
  ...curlCommands,
  ...debugCommands,
  ...doctorCommands,
  ...editorCommands,
  ...encodingCommands,
  ...exchangeCommands,
  ...explorerCommands,
  ...diffCommands,
  ...folderEncodingsCommands,
  ...holdCommands,
  ...latencyCommands,
  ...lessonCommands,
  ...modeCommands,
  ...ownCommandsCommands,
  ...presentCommands,
  ...previewCommands,
  ...modeComparisonCommands,
  ...responseCommands,
  ...samplesCommands,
  ...savedCommands,
  ...serverCommands,
  ...otherServersCommands,
  ...settingsCommands,
  ...traceCommands,
  ...workersCommands,
  ...workspaceCommands,
  ...viewCommands,
  ...helpCommands,
};
