/** Runs named checks one after the other and counts. A failed one is told, and the rest go on. */
export function tally() {
  let passed = 0;
  let failed = 0;

  /** Answers what the check answered, or undefined where it failed. */
  async function check<Answer>(
    name: string,
    does: () => Promise<Answer> | Answer,
  ): Promise<Answer | undefined> {
    const started = performance.now();
    try {
      const answer = await does();
      passed += 1;
      console.log(`ok      ${name} (${seconds(started)})`);
      return answer;
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name} (${seconds(started)})\n${indented(error)}`);
      return undefined;
    }
  }

  return { check, counts: () => ({ passed, failed }) };
}

export type Tally = ReturnType<typeof tally>;

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const indented = (error: unknown) =>
  String(error instanceof Error ? (error.stack ?? error.message) : error).replaceAll(/^/gm, '        ');
