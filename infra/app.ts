import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { readForce } from '../shared/force/read-force.ts';
import { readDeployment } from './deployment.ts';
import { forceFile } from './force-file.ts';
import { StreetmeetStack } from './streetmeet-stack.ts';

/**
 * The app, with one stack for the environment and force in its context. What cdk.json says holds also when
 * the CDK command line is not the caller; the command line's own `--context` wins.
 */
export function streetmeetApp({
  context = {},
  outdir,
  isValidated = true,
}: {
  context?: Record<string, unknown>;
  outdir?: string;
  /** Whether the CDK checks the template against what it knows of CloudFormation, which takes seconds. */
  isValidated?: boolean;
} = {}) {
  const app = new App({
    context: { ...cdkJson().context, ...context },
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: isValidated,
  });
  const deployment = readDeployment(app.node);
  const force = readForce(forceFile(deployment.force));
  new StreetmeetStack(app, `streetmeet-${deployment.env}`, { deployment, force });
  return app;
}

function cdkJson(): { context: Record<string, unknown> } {
  return JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
}

if (import.meta.main) streetmeetApp().synth();
