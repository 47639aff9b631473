// How the pages are bundled: nothing inlined (the server's content security policy refuses it), no source maps.
// `build.mjs` sets where the result stands, and compresses it. `npm run dev` asks the server that JOBGRAPH_URL names.
import { defineConfig } from 'vite';

const server = process.env.JOBGRAPH_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    assetsInlineLimit: 0,
    emptyOutDir: true,
    modulePreload: false,
    target: 'es2023',
  },
  server: { proxy: { '/graphql': server, '/graphiql': server, '/feed.json': server } },
});
