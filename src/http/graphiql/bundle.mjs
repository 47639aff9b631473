// What is alike in building GraphiQL and the pages for people (`web/`): a bundle goes into `dist/`, which is committed, as
// `cargo` needs no Node. Every file but LICENSES.txt is stored as gzip, in which form the server hands it out.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const LICENSES = 'LICENSES.txt';

/** The files below a folder by name, with `LICENSES.txt` of this text. */
export function filesOf(folder, licenses) {
  const files = new Map(listFiles(folder).map((name) => [name, readFileSync(join(folder, name))]));
  files.set(LICENSES, Buffer.from(licenses));
  return files;
}

/** Gzip whose header depends on nothing: Node writes no time, and the system is set to "unknown". */
export function compress(content) {
  const compressed = gzipSync(content, { level: 9 });
  compressed[9] = 255;
  return compressed;
}

/**
 * Bundles into a temporary folder, and writes `dist/` anew; with `--check`, only compares and exits 1 if they differ.
 * `bundle` answers the uncompressed files by name, `describe` says of them what is told at the end, or throws.
 */
export async function run(root, bundle, describe = () => '') {
  const dist = join(root, 'dist');
  const temporary = mkdtempSync(join(tmpdir(), 'jobgraph-bundle-'));
  try {
    const files = await bundle(temporary);
    const described = `${files.size} files${describe(files)}`;
    if (!process.argv.includes('--check')) {
      write(dist, files);
      console.log(`wrote dist/: ${described}`);
      return;
    }
    const different = differences(files, readDist(dist));
    different.forEach((name) => console.error(`differs from the sources: dist/${name}`));
    if (different.length > 0) {
      console.error('hint: run `npm ci && npm run build` and commit dist/');
      process.exitCode = 1;
    } else {
      console.log(`dist/ matches its sources: ${described}`);
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort();
}

function write(dist, files) {
  rmSync(dist, { recursive: true, force: true });
  for (const [name, content] of files) {
    const isPlain = name === LICENSES;
    const stored = join(dist, isPlain ? name : `${name}.gz`);
    mkdirSync(dirname(stored), { recursive: true });
    writeFileSync(stored, isPlain ? content : compress(content));
  }
}

/** What `dist/` holds, decompressed: two versions of zlib may compress the same text differently. */
function readDist(dist) {
  return new Map(
    listFiles(dist).map((stored) => {
      const content = readFileSync(join(dist, stored));
      return stored.endsWith('.gz') ? [stored.slice(0, -3), gunzipSync(content)] : [stored, content];
    }),
  );
}

function differences(built, stored) {
  const names = [...new Set([...built.keys(), ...stored.keys()])].sort();
  return names.filter((name) => !built.has(name) || !stored.has(name) || !built.get(name).equals(stored.get(name)));
}
