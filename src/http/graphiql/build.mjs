// Builds the page into `dist/` (see `bundle.mjs`): `npm run build`, and `npm run check`, which compares.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import { filesOf, run } from './bundle.mjs';
import { collectPackages, licensesText } from './licenses.mjs';
import config from './vite.config.js';

const ROOT = dirname(fileURLToPath(import.meta.url));

async function bundle(outDir) {
  const packages = new Set();
  await build(
    mergeConfig(config, {
      configFile: false,
      root: ROOT,
      logLevel: 'error',
      mode: 'production',
      plugins: [collectPackages(packages)],
      build: { outDir },
      // Workers are bundled apart from the page, by plugins of their own.
      worker: { plugins: () => [collectPackages(packages)] },
    }),
  );
  return filesOf(outDir, licensesText(packages));
}

await run(ROOT, bundle);
