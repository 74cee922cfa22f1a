import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
  { ignores: ["node_modules", "src/generated"] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      // What strangers write is shown as text and never as markup.
      "svelte/no-at-html-tags": "error",
      "svelte/no-navigation-without-resolve": "off", // SvelteKit's router; this one is our own
      "no-eval": "error",
      "no-console": "error",
      "max-lines": ["error", { max: 300 }],
    },
  },
  {
    // The core is free of any framework: it can be tested, and used, without one.
    files: ["src/core/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^svelte|\\.svelte$|/pages/|/parts/", message: "core is framework-free" },
          ],
        },
      ],
    },
  },
);
