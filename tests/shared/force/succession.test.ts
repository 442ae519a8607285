import { expect, test } from 'vitest';
import { districtOn } from '../../../shared/force/succession.ts';
import { succeeding } from '../../support/succeeding.ts';

const on = (id: string, date: string) => districtOn(id, date, succeeding);

test('a district stands for itself to its last day, then its successor does, and whoever succeeded that', () => {
  expect(on('rochford', '2028-03-31')).toBe('rochford');
  expect(on('rochford', '2028-04-01')).toBe('southend');
  expect(on('castle-point', '2028-04-01')).toBe('southend');
  expect(on('harlow', '2028-04-01')).toBe('harlow');
});
