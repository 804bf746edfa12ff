import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/desk/',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  json: { stringify: true },
  build: {
    target: 'es2022',
    minify: 'terser',
    terserOptions: { ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } },
    // The content security policy knows neither data: scripts nor inline ones.
    assetsInlineLimit: 0,
    // What a page needs is named by the page itself; only its styles are asked for beforehand.
    modulePreload: { polyfill: false, resolveDependencies: (_, deps) => deps.filter((name) => name.endsWith('.css')) },
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        // What http::Assets takes for a hash, so that the file may be kept for ever.
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name]-[hash:8].js',
        chunkFileNames: 'assets/[name]-[hash:8].js',
        assetFileNames: 'assets/[name]-[hash:8][extname]',
      },
    },
  },
  server: {
    proxy: { '/api': process.env.REDRESS_URL ?? 'http://127.0.0.1:8080' },
    fs: { allow: ['..', '../../catalogue'] },
  },
});
