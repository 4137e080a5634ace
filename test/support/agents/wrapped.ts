// A CGI script that `wrap` makes an application of, served by an agent.
import { wrappedText } from "../../../server/features/wrap/wrapped-text.js";
import "../built-agents.js";
import type { TempFolder } from "../temp-workspace.js";
import { type AgentLanguage, AgentProcess } from "./agent-process.js";

const applicationModes = { python: "wsgi", perl: "psgi", ruby: "rack" } as const;

export async function startWrapped(folder: TempFolder, language: AgentLanguage, script: string): Promise<AgentProcess> {
  folder.write("script", script);
  folder.write("application", await wrappedText(language, "application", "script"));
  return AgentProcess.start({ language, mode: applicationModes[language], script: folder.file("application") });
}
