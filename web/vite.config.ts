import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { compressed } from "./tools/compressed.ts";

const SERVICE = process.env.COMMONHOLD_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [svelte(), compressed()],
  build: {
    outDir: "../backend/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the content security policy allows no data: but for icons
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 300,
    manifest: true,
  },
  server: { port: 5173, strictPort: true, proxy: { "/api": SERVICE } },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
