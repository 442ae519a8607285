import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and answers what it wrote.
 * @throws CommandFailed with the end of its output
 */
export function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new CommandFailed([command, ...args].join(' '), output));
    });
  });
}

export class CommandFailed extends Error {
  override name = 'CommandFailed';
  constructor(command: string, output: string) {
    super(`${command}\n${output.trim().split('\n').slice(-40).join('\n')}`);
  }
}
