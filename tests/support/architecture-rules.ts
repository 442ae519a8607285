import { basename, dirname, join } from 'node:path/posix';

/** Source text by its path from the root of the project. */
export type Sources = ReadonlyMap<string, string>;

/** What breaks the rules of the tree, one sentence each. No sentence: all is well. */
export function faultsOf(sources: Sources): string[] {
  return [
    ...[...sources.keys()].flatMap(nameFaults),
    ...[...sources].flatMap(([path, text]) =>
      importsOf(path, text).flatMap((each) => importFaults(path, each)),
    ),
    ...cycles(sources),
    ...[...sources]
      .filter(([, text]) => mocking.test(text))
      .map(([path]) => `${path} mocks a module: pass a fake in`),
  ];
}

type Import = { target: string; isTypeOnly: boolean };

/** The areas of the tree, and what each may import beside itself. */
function importFaults(path: string, { target, isTypeOnly }: Import): string[] {
  const [from, to] = [areaOf(path), areaOf(target)];
  const problem = (rule: string) => [`${path} imports ${target}: ${rule}`];
  if (from === 'tests') return [];
  if (to === 'tests') return problem('only tests import tests');
  if (from === to || (from === 'infra/local' && to === 'infra')) return [];
  if (to === 'shared' && from.startsWith('functions/')) return [];
  if (to === 'shared' && from.startsWith('infra'))
    return isTypeOnly || readersOfTheForce.includes(target)
      ? []
      : problem('infra takes only types from shared');
  return problem(`${from} may not import ${to}`);
}

/** Data, not behaviour: districts make topics, and the build checks the file it ships. */
const readersOfTheForce = ['shared/force/read-force.ts'];

function areaOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  if (top === 'functions') return `functions/${second}`;
  return path.startsWith('infra/local/') ? 'infra/local' : top;
}

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/;
const forbidden = /^(.+-)?(utils?|helpers?|commons?|types?|managers?|base)$|^index$/;

function nameFaults(path: string): string[] {
  const words = [...dirname(path).split('/'), basename(path).replace(/\..*$/, '')];
  return [
    ...(kebabCase.test(basename(path)) ? [] : [`${path} is not in kebab-case`]),
    ...words
      .filter((word) => forbidden.test(word))
      .map((word) => `${path}: "${word}" says nothing about what is in it`),
  ];
}

const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"](\.[^'"]+)['"]/g;
const mocking = /\bvi\s*\.\s*(mock|doMock)\s*\(/;

/** The project's own files that a file imports; packages are none of our business here. */
export function importsOf(path: string, text: string): Import[] {
  const at = (relative: string) => join(dirname(path), relative);
  return [
    ...[...text.matchAll(statement)].map(([, type, target = '']) => ({
      target: at(target),
      isTypeOnly: !!type,
    })),
    ...[...text.matchAll(dynamic)].map(([, target = '']) => ({ target: at(target), isTypeOnly: false })),
  ];
}

function cycles(sources: Sources): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.add(`${[...trail.slice(start), path].join(' → ')} is a cycle`);
    if (start >= 0 || done.has(path)) return;
    for (const { target } of importsOf(path, sources.get(path) ?? '')) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return [...found];
}
