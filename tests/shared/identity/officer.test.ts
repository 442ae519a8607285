import { expect, test } from 'vitest';
import { forceOf } from '../../../shared/force/force.ts';
import { ForceFileInvalid, parseForceFile } from '../../../shared/force/force-file.ts';
import { officerIn } from '../../../shared/identity/claims.ts';
import { isAtLeast } from '../../../shared/identity/officer.ts';
import { essex, essexFile } from '../../support/essex.ts';

const withGroups = (groups: Record<string, string[]>) =>
  forceOf(parseForceFile({ ...essexFile, signIn: { groups } }));

test('groups are in cognito:groups, roles or groups, whoever issues the token', () => {
  for (const claim of ['cognito:groups', 'roles', 'groups'])
    expect(officerIn({ sub: 'a', name: 'A', [claim]: ['officer', 'district:southend'] }, essex)).toEqual({
      id: 'a',
      name: 'A',
      roles: ['officer'],
      districts: ['southend'],
    });
  expect(officerIn({ sub: 'a', name: 'A' }, essex)).toBeUndefined();
  expect(officerIn({ groups: ['officer'] }, essex)).toBeUndefined();
});

test('a force says in its file what the groups of its own directory mean, and only that holds', () => {
  const force = withGroups({ 'NPT South': ['officer', 'district:southend'], Insp: ['supervisor'] });
  expect(officerIn({ sub: 'a', groups: ['NPT South'] }, force)?.districts).toEqual(['southend']);
  expect(officerIn({ sub: 'a', groups: ['Insp'] }, force)?.districts).toHaveLength(14);
  expect(officerIn({ sub: 'a', groups: ['admin', 'officer'] }, force)).toBeUndefined();
});

test('what a group means must be a role or a district of the file', () => {
  for (const meaning of ['chief', 'district:atlantis', 'southend'])
    expect(() => withGroups({ Any: [meaning] })).toThrow(ForceFileInvalid);
});

test('who may more may also what others may', () => {
  const a = (groups: string[]) =>
    officerIn({ sub: 'a', groups }, essex) ?? { id: '', name: '', roles: [], districts: [] };
  expect(isAtLeast(a(['officer']), 'supervisor')).toBe(false);
  expect(isAtLeast(a(['admin']), 'supervisor')).toBe(true);
  expect(isAtLeast(a(['supervisor']), 'officer')).toBe(true);
  expect(isAtLeast(a([]), 'officer')).toBe(false);
});
