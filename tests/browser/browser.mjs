// A headless Chromium for checks, whose pages note what goes wrong in them and stay on this machine.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const WAIT_MS = 30_000;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // What the routes below do not see finds no address.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
];

export class Browser {
  // What went wrong in any of the pages, as lines of text.
  #outside = [];
  #failed = [];
  #complaints = [];
  #chromium;

  constructor(launched) {
    this.#chromium = launched;
  }

  /** `CHROMIUM` names another executable. */
  static async launch() {
    const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
    return new Browser(await chromium.launch({ args: FLAGS, executablePath }));
  }

  /** A page in a profile of its own. */
  async newPage(options = {}) {
    const context = await this.#chromium.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(WAIT_MS);
    const isLocal = (url) => LOOPBACK.includes(new URL(url).hostname);
    await context.route(
      (url) => !isLocal(url),
      (route) => {
        this.#outside.push(route.request().url());
        return route.abort();
      },
    );
    await context.routeWebSocket(
      (url) => !isLocal(url),
      (socket) => {
        this.#outside.push(socket.url());
        return socket.close();
      },
    );
    context.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(message.text());
    });
    context.on('weberror', (error) => this.#complaints.push(String(error.error())));
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      // A page that is left takes along what it was still loading.
      if (why !== 'net::ERR_ABORTED') this.#failed.push(`${request.url()}: ${why}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) this.#failed.push(`${response.url()}: ${response.status()}`);
    });
    return context.newPage();
  }

  async close() {
    await this.#chromium.close();
  }

  async checkComplaints(checks) {
    await checks.check('the console shows no error', () => assert.deepEqual(this.#complaints, []));
    await checks.check('no request failed', () => assert.deepEqual(this.#failed, []));
    await checks.check('no request left this machine', () => assert.deepEqual(this.#outside, []));
  }
}
