/** A Vite plugin: beside every built file that shrinks, the same compressed (gzip and Brotli). */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const SHRINKS = /\.(js|css|html|svg|json)$/;
const SMALLEST = 512; // bytes: below it, nothing is saved

export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || !SHRINKS.test(entry.name)) continue;
        const data = await readFile(path);
        if (data.length < SMALLEST) continue;
        await writeFile(`${path}.gz`, gzipSync(data, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        await writeFile(`${path}.br`, brotliCompressSync(data, { params: quality }));
      }
    },
  };
}
