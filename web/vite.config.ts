import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "esnext",
    modulePreload: { polyfill: false }, // an inline script, which the content security policy refuses
    assetsInlineLimit: 0,
    rolldownOptions: {
      onLog: (level, log, handle) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log); // "use client" of libraries means nothing here
      },
    },
  },
  server: { proxy: { "/api": "http://localhost:4780" } },
});
