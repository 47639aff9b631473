// Builds the pages into `dist/` (see `bundle.mjs`): `npm run build`, and `npm run check`, which compares. Fails if the
// scripts that a first visit loads are larger than they may be.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import { compress, filesOf, run } from '../src/http/graphiql/bundle.mjs';
import { collectPackages, licensesText } from '../src/http/graphiql/licenses.mjs';
import config from './vite.config.js';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SCRIPT_BYTES_MAX = 150 * 1024;

async function bundle(outDir) {
  const packages = new Set();
  const plugins = [collectPackages(packages)];
  const settings = { configFile: false, root: ROOT, base: '/web/', logLevel: 'error', mode: 'production' };
  await build(mergeConfig(config, { ...settings, plugins, build: { outDir } }));
  return filesOf(outDir, licensesText(packages).replace('GraphiQL, as jobgraph serves it, is', "jobgraph's pages are"));
}

/** Bytes of all scripts as they are sent; a page loads at most all of them. */
function scriptBytes(files) {
  const scripts = [...files].filter(([name]) => name.endsWith('.js'));
  const bytes = scripts.reduce((sum, [, content]) => sum + compress(content).length, 0);
  if (bytes > SCRIPT_BYTES_MAX) {
    throw new Error(`the scripts have ${bytes} bytes, more than ${SCRIPT_BYTES_MAX}\nhint: load less, or later`);
  }
  return `, scripts of ${bytes} bytes`;
}

await run(ROOT, bundle, scriptBytes);
