// Asks a running server whether it keeps to GraphQL over HTTP, by the audits of graphql-http.
// Usage: node audit.mjs GRAPHQL_URL
// An audit of level MUST or SHOULD that is not met fails the run; one of level MAY is only shown.
import { serverAudits } from 'graphql-http';

const TIME_OUT_MS = 10_000;

const [url] = process.argv.slice(2);
if (!url) {
  console.error('usage: node audit.mjs GRAPHQL_URL');
  process.exit(2);
}

/** A server that does not answer ends the audit, not the patience of its reader. */
const fetchFn = (input, options) => fetch(input, { ...options, signal: AbortSignal.timeout(TIME_OUT_MS) });

let passed = 0;
let failed = 0;
let noticed = 0;
for (const audit of serverAudits({ url, fetchFn })) {
  let result;
  try {
    result = await audit.fn();
  } catch (error) {
    // The audits throw when there is no answer at all.
    result = { status: 'error', reason: String(error.cause ?? error) };
  }
  if (result.status !== 'ok') {
    const got = result.response ? ` (answered ${result.response.status})` : '';
    console.log(`${result.status.padEnd(6)} ${audit.id} ${audit.name}${got}\n       ${result.reason}`);
  }
  if (result.status === 'ok') passed += 1;
  else if (result.status === 'notice') noticed += 1;
  else failed += 1;
}
console.log(`${noticed} notices`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
