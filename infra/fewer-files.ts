import { basename, dirname, join } from 'node:path';
import * as esbuild from 'esbuild';

type Result = { metafile: esbuild.Metafile; outputFiles: esbuild.OutputFile[] };
type Output = esbuild.Metafile['outputs'][string];

/**
 * How files are written, here and when they are first made. Names stay as they are: a stack is read as it is, and none
 * has to be given back to each function it is made for.
 */
export const form = {
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
} as const;

const HANDLER = 'handler.mjs';
const ALWAYS = 'always.mjs';

/**
 * Puts what a handler always loads, and shares with what is loaded later, into one file beside it. esbuild gives such
 * things a dozen files, and a cold start finds, reads and links each of them, at about a millisecond. It is not the
 * handler's own file: a handler may await something that loads more, and that must not wait for the handler.
 */
export async function fewerFiles({ metafile, outputFiles }: Result): Promise<esbuild.OutputFile[]> {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const folded = alwaysLoaded(outputs).map((file, place) => ({
    file,
    names: new Map(outputs.get(file)?.exports.map((name) => [name, `from${place}_${name}`])),
  }));
  const isGone = new Set(folded.flatMap(({ file }) => [file, `${file}.map`]));
  const rest = outputFiles.filter(({ path }) => !isGone.has(basename(path)));
  return [
    ...rest.map((file) => takingFromThere(file, folded)),
    ...(await oneFile(dirname(outputFiles[0]?.path ?? ''), folded, texts)),
  ];
}

type Folded = { file: string; names: Map<string, string> }[];

/** What a handler imports, and what that imports, and so on. */
function alwaysLoaded(outputs: Map<string, Output>): string[] {
  const found = new Set([HANDLER]);
  for (const file of found)
    for (const { path, kind } of outputs.get(file)?.imports ?? [])
      if (kind === 'import-statement' && outputs.has(basename(path))) found.add(basename(path));
  found.delete(HANDLER);
  return [...found];
}

/** All that, and each name of it under one of its own. */
async function oneFile(folder: string, folded: Folded, texts: Map<string, string>) {
  const given = folded.map(
    ({ file, names }) =>
      `import './${file}'; export { ${[...names].map((pair) => pair.join(' as ')).join(', ')} } from './${file}';`,
  );
  const { outputFiles } = await esbuild.build({
    stdin: { contents: given.join('\n'), resolveDir: folder },
    outfile: join(folder, ALWAYS),
    bundle: true,
    ...form,
    sourcemap: texts.has(`${HANDLER}.map`) && 'external',
    logLevel: 'warning',
    write: false,
    plugins: [
      {
        name: 'what-was-bundled',
        setup(build) {
          build.onResolve({ filter: /^\.\// }, ({ path, kind }) =>
            kind === 'import-statement'
              ? { path: basename(path), namespace: 'bundled' }
              : { path, external: true },
          );
          build.onLoad({ filter: /./, namespace: 'bundled' }, ({ path }) => ({
            contents: withMap(texts.get(path), texts.get(`${path}.map`)),
            loader: 'js',
          }));
        },
      },
    ],
  });
  return outputFiles;
}

const withMap = (text = '', map?: string) =>
  map
    ? `${text}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`
    : text;

/** esbuild writes `import{a as b,c}from"./chunk.mjs";`, or `import"./chunk.mjs";` where it needs no name of it. */
function takingFromThere(output: esbuild.OutputFile, folded: Folded): esbuild.OutputFile {
  if (!output.path.endsWith('.mjs')) return output;
  let { text } = output;
  for (const { file, names } of folded) {
    const from = `"./${file}"`;
    text = text
      .replaceAll(`import${from};`, '')
      .replaceAll(
        new RegExp(`import\\{([^}]*)\\}from${from.replaceAll('.', '\\.')};`, 'g'),
        (_, list: string) => `import{${list.split(',').map(renamed(names)).join(',')}}from"./${ALWAYS}";`,
      );
    if (text.includes(from))
      throw new Error(`${basename(output.path)} takes from ${file} in a way of its own`);
  }
  return { ...output, text, contents: Buffer.from(text) };
}

const renamed = (names: Map<string, string>) => (word: string) => {
  const [name = '', local = name] = word.split(' as ');
  return `${names.get(name)} as ${local}`;
};
