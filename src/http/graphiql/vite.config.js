// How the two pages are bundled: hashed files under `/graphiql/assets/`, nothing inlined (the server's
// content security policy refuses it), no source maps. `build.mjs` compresses the result.
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/graphiql/',
  build: {
    assetsInlineLimit: 0,
    emptyOutDir: true,
    modulePreload: false,
    chunkSizeWarningLimit: 4096,
    target: 'es2022',
    rollupOptions: { input: ['index.html', 'reference.html'] },
  },
  worker: { format: 'es' },
});
