// What a running server does for this user's other commands. Each service is loaded when a command asks for it.
import type { Workbench } from "../../app/workbench.js";
import type { Serve, Service } from "./server-socket.js";

export const servicesOf =
  (workbench: Workbench) =>
  (service: Service): Serve | null => {
    switch (service) {
      case "window-link": {
        const { windowLink } = workbench;
        return windowLink && (async (socket) => void socket.end(windowLink()));
      }
      case "debugger":
        return async (socket) => {
          const { serveEditor } = await import("../debug/serve-editor.js");
          await serveEditor(socket, socket, { open: async () => workbench });
        };
      default:
        return async (socket) => {
          const { serveAssistant } = await import("../assistant/serve-assistant.js");
          await serveAssistant(workbench, service === "script-tools", socket, socket);
        };
    }
  };
