// Collects the packages that end up in the bundle and writes down their licenses.
// A package whose terms are not listed here stops the build, so that a person looks at them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ACCEPTED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', '(MPL-2.0 OR Apache-2.0)'];
const LICENSE_FILE = /^(licen[cs]e|copying|notice|thirdpartynotices)(\.|-|$)/i;
const PACKAGE_FOLDER = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
const RULE = '='.repeat(80);

// Of the packages that ship no license file all are under this license.
const MIT_TEXT = `Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** A Vite plugin that adds the folder of each package it meets to `folders`. */
export function collectPackages(folders) {
  return {
    name: 'collect-packages',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const folder = PACKAGE_FOLDER.exec(id.replace(/^\0/, ''));
        if (folder) folders.add(folder[0]);
      }
    },
  };
}

/** The text of LICENSES.txt. */
export function licensesText(folders) {
  const entries = [...folders].map(entry).sort((a, b) => (a.title < b.title ? -1 : 1));
  const sections = entries.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`);
  return `GraphiQL, as jobgraph serves it, is built from the packages below.\n\n${sections.join('\n')}`;
}

function entry(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  if (!ACCEPTED.includes(manifest.license)) {
    throw new Error(`the license of ${title} is not among those accepted in licenses.mjs`);
  }
  const files = readdirSync(folder).filter((name) => LICENSE_FILE.test(name)).sort();
  if (files.length > 0) {
    return { title, text: files.map((name) => tidyText(readFileSync(join(folder, name), 'utf8'))).join('\n\n') };
  }
  if (manifest.license !== 'MIT') {
    throw new Error(`${title} ships no license file: add its text to licenses.mjs`);
  }
  return { title, text: `Copyright (c) the authors of ${manifest.name}\n\n${MIT_TEXT}` };
}

function tidyText(text) {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').trim();
}
