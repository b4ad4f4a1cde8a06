import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^langchain-pollyreach$/, replacement: source("src/index.ts") },
      { find: /^langchain-pollyreach\/sandbox$/, replacement: source("src/sandbox/index.ts") },
    ],
  },
  // Two workers also on a machine of two cores, where one would be the default.
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 },
});
