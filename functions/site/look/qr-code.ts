import { generate } from 'lean-qr';

/** A QR code as an SVG: dark runs of a row are one stroke, within the quiet zone scanners need. */
export function qrCode(text: string): string {
  const code = generate(text);
  const side = code.size + 8;
  let path = '';
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; ) {
      let run = 0;
      while (code.get(x + run, y)) run++;
      if (run) path += `M${x + 4} ${y + 4}h${run}v1h-${run}z`;
      x += run + 1;
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
}
