import { defineConfig } from 'vitest/config';
import { assetsInTests } from './infra/assets.ts';
import { templatesInTests } from './infra/templates.ts';

export default defineConfig({
  plugins: [templatesInTests, assetsInTests],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
