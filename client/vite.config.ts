import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite client` (development only) sends what the built client gets from its own origin. */
const DEVELOPMENT_SERVER = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true,
    // Phones of creditors are old: in-app browsers lag years behind the system's own.
    target: ['es2020', 'chrome87', 'safari14', 'firefox91'],
    // Small images would become data: addresses, which the content policy does not allow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: {
      '/api': DEVELOPMENT_SERVER,
      '/socket.io': { target: DEVELOPMENT_SERVER, ws: true },
    },
  },
});
