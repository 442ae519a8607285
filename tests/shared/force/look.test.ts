import { expect, test } from 'vitest';
import { contrastWithWhite } from '../../../shared/force/contrast.ts';
import essex from '../../../shared/force/essex.json' with { type: 'json' };
import { parseForce } from '../../../shared/force/read-force.ts';

const inColour = (colour: string) => parseForce({ ...essex, look: { colour } });

test('the contrast of a colour with white is as WCAG has it', () => {
  expect(contrastWithWhite('#000000')).toBeCloseTo(21);
  expect(contrastWithWhite('#ffffff')).toBeCloseTo(1);
  expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
});

test('white words can be read on the colour of a force', () => {
  expect(inColour('#767676').look.colour).toBe('#767676');
  expect(() => inColour('#777777')).toThrow('look.colour: is too light');
  expect(() => inColour('navy')).toThrow('look.colour: must be a colour');
});
