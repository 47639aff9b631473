// Builds the page into `dist/`, which is committed: `cargo` needs no Node. Run by `npm run build`.
// Every file but LICENSES.txt is stored as gzip, in which form the server hands it out.
// `npm run check` builds into a temporary folder instead and exits 1 if `dist/` differs.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build, mergeConfig } from 'vite';
import { collectPackages, licensesText } from './licenses.mjs';
import config from './vite.config.js';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(ROOT, 'dist');

/** Bundles the page; answers the uncompressed files by name. */
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
  const files = new Map(listFiles(outDir).map((name) => [name, readFileSync(join(outDir, name))]));
  files.set('LICENSES.txt', Buffer.from(licensesText(packages)));
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

function write(files) {
  rmSync(DIST, { recursive: true, force: true });
  for (const [name, content] of files) {
    const stored = isStoredPlain(name) ? name : `${name}.gz`;
    mkdirSync(dirname(join(DIST, stored)), { recursive: true });
    writeFileSync(join(DIST, stored), isStoredPlain(name) ? content : compress(content));
  }
}

function isStoredPlain(name) {
  return name === 'LICENSES.txt';
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

const temporary = mkdtempSync(join(tmpdir(), 'jobgraph-graphiql-'));
try {
  const files = await bundle(temporary);
  if (process.argv.includes('--check')) {
    const different = differences(files, readDist());
    different.forEach((name) => console.error(`differs from the sources: dist/${name}`));
    if (different.length > 0) {
      console.error('hint: run `npm ci && npm run build` and commit dist/');
      process.exitCode = 1;
    } else {
      console.log(`dist/ matches its sources: ${files.size} files`);
    }
  } else {
    write(files);
    console.log(`wrote dist/: ${files.size} files`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
