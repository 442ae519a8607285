import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import type { Force } from '../shared/force/force.ts';

/** As large as those want it who show a link with a picture. */
const WIDTH = 1200;
const HEIGHT = 630;

/** What stands beside a link to the site: the force's own picture, or a calendar's leaf on its colour. */
export const forcePicture = ({ look }: Pick<Force, 'look'>): Buffer =>
  look.picture
    ? readFileSync(new URL(`../shared/force/${look.picture}`, import.meta.url))
    : png(look.colour, isWhite);

/** @see https://www.w3.org/TR/png-3/ one bit a pixel: the colour, and white */
function png(colour: string, isWhiteAt: (x: number, y: number) => boolean): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(WIDTH, 0);
  size.writeUInt32BE(HEIGHT, 4);
  size.set([1, 3, 0, 0, 0], 8);
  const row = 1 + WIDTH / 8;
  const pixels = Buffer.alloc(row * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      if (isWhiteAt(x, y)) {
        const at = y * row + 1 + (x >> 3);
        pixels.writeUInt8(pixels.readUInt8(at) | (0x80 >> (x & 7)), at);
      }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('PLTE', Buffer.from(`${colour.slice(1)}ffffff`, 'hex')),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** The leaf: two rings, a rule under them, and days, of which one is marked. */
function isWhite(x: number, y: number): boolean {
  const [across, down] = [x - WIDTH / 2, y - HEIGHT / 2];
  const within = (left: number, top: number, width: number, height: number) =>
    across >= left && across < left + width && down >= top && down < top + height;
  if (within(-110, -205, 24, 75) || within(86, -205, 24, 75)) return true;
  if (within(-122, -205, 48, 90) || within(74, -205, 48, 90)) return false;
  if (!within(-200, -170, 400, 360)) return false;
  if (within(-200, -90, 400, 14)) return false;
  for (const [column, left] of [-150, -50, 50].entries())
    for (const [line, top] of [-40, 70].entries()) {
      const isMarked = column === 1 && line === 0;
      if (
        within(left, top, 100, 80) &&
        Math.hypot(across - left - 50, down - top - 40) < (isMarked ? 38 : 18)
      )
        return false;
    }
  return true;
}
