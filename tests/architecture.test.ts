import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './support/architecture-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the tree', () => {
  const paths = globSync('{infra,functions,shared,tests}/**/*.{ts,js}', { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  // These two files hold the bad examples.
  const judged = paths.filter(
    (path) => !/^tests\/(architecture\.test|support\/architecture-rules)\.ts$/.test(path),
  );

  it('keeps the rules of who may import whom', () => {
    expect(judged.length).toBeGreaterThan(30);
    expect(faultsOf(new Map(judged.map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')])))).toEqual(
      [],
    );
  });
});

describe('a good example', () => {
  it.each([
    [
      'a function imports itself',
      'functions/api/handler.ts',
      `import { a } from './events/create-event.ts';`,
    ],
    [
      'a function imports shared',
      'functions/api/events/create-event.ts',
      `import { a } from '../../../shared/a/b.ts';`,
    ],
    ['infra takes a type from shared', 'infra/store.ts', `import type { A } from '../shared/a/b.ts';`],
    ['infra reads the force', 'infra/app.ts', `import { readForce } from '../shared/force/read-force.ts';`],
    ['infra/local takes from infra', 'infra/local/start.ts', `import { build } from '../build.ts';`],
    ['a test takes anything', 'tests/a.test.ts', `import { a } from '../functions/api/handler.ts';`],
    ['a package', 'functions/api/handler.ts', `import middy from '@middy/core';`],
  ])('%s', (_name, path, text) => {
    expect(faultsOf(new Map([[path, text]]))).toEqual([]);
  });
});

describe('a bad example', () => {
  it.each([
    [
      'functions/api/a.ts',
      `import { b } from '../site/b.ts';`,
      'functions/api may not import functions/site',
    ],
    [
      'functions/api/a.ts',
      `export { b } from '../site/b.ts';`,
      'functions/api may not import functions/site',
    ],
    [
      'functions/api/a.ts',
      `import type { B } from '../site/b.ts';`,
      'functions/api may not import functions/site',
    ],
    [
      'functions/api/a.ts',
      `import {\n  b,\n  c,\n} from '../site/b.ts';`,
      'functions/api may not import functions/site',
    ],
    ['functions/api/a.ts', `await import('../site/b.ts');`, 'functions/api may not import functions/site'],
    ['functions/api/a.ts', `import '../../infra/app.ts';`, 'functions/api may not import infra'],
    [
      'shared/events/a.ts',
      `import { b } from '../../functions/api/b.ts';`,
      'shared may not import functions/api',
    ],
    ['shared/events/a.ts', `import { b } from '../../infra/b.ts';`, 'shared may not import infra'],
    ['shared/events/a.ts', `import { b } from '../../tests/support/b.ts';`, 'only tests import tests'],
    ['infra/a.ts', `import { b } from '../shared/events/b.ts';`, 'infra takes only types from shared'],
    ['infra/a.ts', `import { type B } from '../shared/events/b.ts';`, 'infra takes only types from shared'],
    [
      'infra/local/a.ts',
      `import { b } from '../../shared/events/b.ts';`,
      'infra takes only types from shared',
    ],
    ['infra/a.ts', `import { b } from '../functions/api/b.ts';`, 'infra may not import functions/api'],
    ['infra/a.ts', `import { b } from './local/b.ts';`, 'infra may not import infra/local'],
    ['shared/events/event-utils.ts', '', '"event-utils" says nothing'],
    ['shared/helpers/a.ts', '', '"helpers" says nothing'],
    ['functions/api/index.ts', '', '"index" says nothing'],
    ['functions/api/sessionManager.ts', '', 'is not in kebab-case'],
    ['tests/a.test.ts', `vi.mock('./b.ts');`, 'mocks a module'],
  ])('%s: %s', (path, text, fault) => {
    expect(faultsOf(new Map([[path, text]]))).toEqual([expect.stringContaining(fault)]);
  });

  it('a cycle, however long', () => {
    const ring = new Map([
      ['shared/a/a.ts', `import { b } from '../b/b.ts';`],
      ['shared/b/b.ts', `import { c } from '../c/c.ts';`],
      ['shared/c/c.ts', `import type { a } from '../a/a.ts';`],
    ]);
    expect(faultsOf(ring)).toEqual([
      'shared/a/a.ts → shared/b/b.ts → shared/c/c.ts → shared/a/a.ts is a cycle',
    ]);
  });
});
