import { posix } from 'node:path';
import nunjucks from 'nunjucks/browser/nunjucks-slim.js';

export type Template = (context: object) => string;

const compiled = new Map<string, object>();

const bundled = {
  cache: {},
  getSource: (name: string) =>
    compiled.has(name) ? { src: { type: 'code', obj: compiled.get(name) }, path: name } : null,
  isRelative: (name: string) => name.startsWith('./') || name.startsWith('../'),
  resolve: (from: string, to: string) => posix.join(posix.dirname(from), to),
};

const environment = new nunjucks.Environment([bundled], { autoescape: true });

/** What an imported `.njk` file calls with its compiled code. Everything it prints is escaped. */
export function define(name: string, code: object): Template {
  compiled.set(name, code);
  return (context) => environment.render(name, context);
}
