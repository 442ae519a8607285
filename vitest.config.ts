import { defineConfig } from 'vitest/config';
import { assetsInTests } from './infra/assets.ts';
import { templatesInTests } from './infra/templates.ts';

export default defineConfig({
  plugins: [templatesInTests, assetsInTests],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    isolate: false,
  },
});
