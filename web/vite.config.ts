/** How the page is built: into the Python package, which serves and ships it. */

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Every browser that can run this page reads WOFF2; the other two formats are 800 KiB. */
function onlyWoff2(): Plugin {
  return {
    name: "only-woff2",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("katex.css")) return null;
      return code.replaceAll(/, url\([^)]*\) format\("(woff|truetype)"\)/g, "");
    },
  };
}

export default defineConfig({
  plugins: [onlyWoff2(), svelte()],
  build: {
    outDir: "../judge/page",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the content security policy knows no fonts out of data: addresses
    modulePreload: { polyfill: false },
  },
  // `npm exec vite` serves the page alone, for work on it; the judge runs beside it.
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/enter": "http://127.0.0.1:8000" } },
});
