import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * `dist/assets/*` carries a content hash in each name and may be cached for ever; everything else
 * (index.html, config.json, pictures) keeps its name from release to release and must be revalidated.
 */
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', assetsInlineLimit: 0, reportCompressedSize: true },
});
