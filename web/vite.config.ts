import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const compress = promisify(brotliCompress);

/** Puts a compressed copy beside each asset, which the server sends to browsers that take it. */
const compressAssets = (): Plugin => ({
  name: "compress-assets",
  apply: "build",
  writeBundle: async ({ dir }, bundle) => {
    for (const { fileName } of Object.values(bundle)) {
      if (!/^assets\/.*\.(js|css|svg|wasm)$/.test(fileName)) continue;
      const path = join(dir!, fileName);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      await writeFile(`${path}.br`, await compress(await readFile(path), { params }));
    }
  },
});

export default defineConfig({
  plugins: [compressAssets()],
  build: {
    target: "esnext",
    modulePreload: { polyfill: false }, // an inline script, which the content security policy refuses
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3200, // kB: the viewer, which is loaded with the first page that shows a radiograph
    rolldownOptions: {
      onLog: (level, log, handle) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log); // "use client" of libraries means nothing here
      },
    },
  },
  server: { proxy: { "/api": "http://localhost:4780" } },
});
