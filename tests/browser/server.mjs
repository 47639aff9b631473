// A server of the program for checks, that can be stopped and started again, and boards that are ingested beside it.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export class Server {
  constructor(program, databaseUrl, settings = []) {
    this.program = program;
    this.databaseUrl = databaseUrl;
    this.settings = settings;
    this.folder = mkdtempSync(join(tmpdir(), 'check-'));
  }

  /** Starts the server, at the address it had before if there was one. */
  async start() {
    const options = ['serve', '--demo', '--listen', this.address ?? '127.0.0.1:0', ...this.settings];
    this.child = spawn(this.program, ['--database-url', this.databaseUrl, ...options], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: this.child.stdout })) {
      const address = line.match(/http:\/\/([^/]+)\/graphql/);
      if (address) {
        this.address = address[1];
        this.child.stdout.resume();
        return;
      }
    }
    throw new Error('the server does not start');
  }

  async stop(signal) {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }

  /** Stops the server for good, and leaves nothing behind. */
  async end() {
    await this.stop('SIGTERM');
    rmSync(this.folder, { recursive: true });
  }

  /** Applies an answer of a board with these titles, each of a posting of its own. */
  async ingest(board, titles) {
    const file = join(this.folder, 'answer.json');
    const jobs = titles.map((title, index) => ({ id: index + 1, title }));
    writeFileSync(file, JSON.stringify({ jobs, meta: { total: jobs.length } }));
    const at = new Date().toISOString();
    const options = ['--from', file, '--at', at, '--archive', join(this.folder, 'raw'), '--policy', 'immediate'];
    const ingest = ['--database-url', this.databaseUrl, 'ingest', 'greenhouse', board, ...options];
    // Beside it, the end of idle connections must be noticed: on a busy machine it takes longer than the server keeps them.
    await promisify(execFile)(this.program, ingest);
  }

  async ask(query, variables) {
    const response = await fetch(`http://${this.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()).data;
  }
}

/** Checks one after the other, each told in a line, and how many passed. */
export class Checks {
  passed = 0;
  failed = 0;

  async check(name, body) {
    try {
      await body();
      this.passed += 1;
      console.log(`ok     ${name}`);
    } catch (error) {
      this.failed += 1;
      console.log(`failed ${name}\n       ${error.stack}`);
    }
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exit(this.failed > 0 ? 1 : 0);
  }
}
