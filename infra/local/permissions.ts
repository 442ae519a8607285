import type { Statement } from './policy-statements.ts';

/** One thing somebody wants to do. Several resources: each must be allowed. */
export type Wish = { action: string; resource: string };

/** Whether IAM would let it: no statement denies it and one allows it. */
export function allows(statements: Statement[], wish: Wish) {
  const fitting = statements.filter((statement) => concerns(statement, wish));
  return fitting.some(({ Effect }) => Effect === 'Allow') && !fitting.some(({ Effect }) => Effect === 'Deny');
}

function concerns({ Action, Resource, NotResource }: Statement, { action, resource }: Wish) {
  if (!Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))) return false;
  if (NotResource) return !NotResource.some((pattern) => matches(pattern, resource));
  return (Resource ?? []).some((pattern) => matches(pattern, resource));
}

const expressions = new Map<string, RegExp>();

/** `*` stands for any text, `?` for one character. */
function matches(pattern: string, value: string) {
  let expression = expressions.get(pattern);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${source}$`, 's');
    expressions.set(pattern, expression);
  }
  return expression.test(value);
}
