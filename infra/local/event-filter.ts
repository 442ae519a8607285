import { CannotRun } from './cannot-run.ts';
import type { Json } from './template.ts';

/**
 * Whether a record passes a filter of an event source mapping. Patterns: lists of values, `prefix`, `suffix`,
 * `exists`, `anything-but`, `equals-ignore-case`.
 */
export function passes(pattern: Json, record: Json | undefined): boolean {
  if (Array.isArray(pattern)) return pattern.some((rule) => ruleHolds(rule, record));
  if (pattern === null || typeof pattern !== 'object') return pattern === record;
  return Object.entries(pattern).every(([name, inner]) => {
    if (name === '$or') return Array.isArray(inner) && inner.some((branch) => passes(branch, record));
    const value = record && typeof record === 'object' && !Array.isArray(record) ? record[name] : undefined;
    return passes(inner, value);
  });
}

/** @throws CannotRun naming a pattern that this machine cannot judge */
export function readPattern(text: string, forWhom: string): Json {
  const pattern: Json = JSON.parse(text);
  try {
    passes(pattern, {});
    probe(pattern);
  } catch (error) {
    throw new CannotRun(`${forWhom}: filter ${text}: ${error instanceof Error ? error.message : error}`);
  }
  return pattern;
}

function probe(pattern: Json): void {
  if (Array.isArray(pattern)) for (const rule of pattern) ruleHolds(rule, 'probe');
  else if (pattern && typeof pattern === 'object') for (const inner of Object.values(pattern)) probe(inner);
}

function ruleHolds(rule: Json, value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => ruleHolds(rule, item));
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return rule === value;
  const [[name, operand] = ['', null]] = Object.entries(rule);
  const text = typeof value === 'string' ? value : undefined;
  switch (name) {
    case 'exists':
      return (value !== undefined) === operand;
    case 'prefix':
      return text?.startsWith(String(operand)) ?? false;
    case 'suffix':
      return text?.endsWith(String(operand)) ?? false;
    case 'equals-ignore-case':
      return text !== undefined && text.toLowerCase() === String(operand).toLowerCase();
    case 'anything-but':
      return value !== undefined && !anythingBut(operand, value);
    default:
      throw new Error(`the operator ${name} is not known on one machine`);
  }
}

function anythingBut(operand: Json, value: Json): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  if (operand && typeof operand === 'object') return ruleHolds(operand, value);
  return operand === value;
}
