// Builds the pages into `dist/`, which is committed: `cargo` needs no Node. Run by `npm run build`.
// Every file but LICENSES.txt is stored as gzip, in which form the server hands it out.
// `npm run check` builds into a temporary folder instead and exits 1 if `dist/` differs.
// Fails if the scripts that a first visit loads are larger than they may be.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build, mergeConfig } from 'vite';
import { collectPackages, licensesText } from '../src/http/graphiql/licenses.mjs';
import config from './vite.config.js';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(ROOT, 'dist');
const SCRIPT_BYTES_MAX = 150 * 1024;

/** Bundles the pages; answers the uncompressed files by name. */
async function bundle(outDir) {
  const packages = new Set();
  const plugins = [collectPackages(packages)];
  const settings = { configFile: false, root: ROOT, base: '/web/', logLevel: 'error', mode: 'production' };
  await build(mergeConfig(config, { ...settings, plugins, build: { outDir } }));
  const files = new Map(listFiles(outDir).map((name) => [name, readFileSync(join(outDir, name))]));
  const licenses = licensesText(packages).replace('GraphiQL, as jobgraph serves it, is', "jobgraph's pages are");
  files.set('LICENSES.txt', Buffer.from(licenses));
  return files;
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort();
}

/** Gzip whose header depends on nothing: Node writes no time, and the system is set to "unknown". */
function compress(content) {
  const compressed = gzipSync(content, { level: 9 });
  compressed[9] = 255;
  return compressed;
}

const isStoredPlain = (name) => name === 'LICENSES.txt';

function write(files) {
  rmSync(DIST, { recursive: true, force: true });
  for (const [name, content] of files) {
    const stored = isStoredPlain(name) ? name : `${name}.gz`;
    mkdirSync(dirname(join(DIST, stored)), { recursive: true });
    writeFileSync(join(DIST, stored), isStoredPlain(name) ? content : compress(content));
  }
}

/** What `dist/` holds, decompressed: two versions of zlib may compress the same text differently. */
function readDist() {
  return new Map(
    listFiles(DIST).map((stored) => {
      const content = readFileSync(join(DIST, stored));
      return stored.endsWith('.gz') ? [stored.slice(0, -3), gunzipSync(content)] : [stored, content];
    }),
  );
}

function differences(built, stored) {
  const names = [...new Set([...built.keys(), ...stored.keys()])].sort();
  return names.filter((name) => !built.has(name) || !stored.has(name) || !built.get(name).equals(stored.get(name)));
}

/** Bytes of all scripts as they are sent; a page loads at most all of them. */
function scriptBytes(files) {
  const scripts = [...files].filter(([name]) => name.endsWith('.js'));
  return scripts.reduce((sum, [, content]) => sum + compress(content).length, 0);
}

const temporary = mkdtempSync(join(tmpdir(), 'jobgraph-web-'));
try {
  const files = await bundle(temporary);
  const bytes = scriptBytes(files);
  if (bytes > SCRIPT_BYTES_MAX) {
    throw new Error(`the scripts have ${bytes} bytes, more than ${SCRIPT_BYTES_MAX}\nhint: load less, or later`);
  }
  if (process.argv.includes('--check')) {
    const different = differences(files, readDist());
    different.forEach((name) => console.error(`differs from the sources: dist/${name}`));
    if (different.length > 0) {
      console.error('hint: run `npm ci && npm run build` and commit dist/');
      process.exitCode = 1;
    } else {
      console.log(`dist/ matches its sources: ${files.size} files, scripts of ${bytes} bytes`);
    }
  } else {
    write(files);
    console.log(`wrote dist/: ${files.size} files, scripts of ${bytes} bytes`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
