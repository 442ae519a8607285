import { CreateEmailIdentityCommand, CreateEmailTemplateCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import essex from '../../shared/force/essex.json' with { type: 'json' };
import { credentials, type Emulator } from './emulator.ts';

/** A verified sender, which only its owner can make, and the template that CloudFormation could not make. */
export async function makeMail({ url }: Pick<Emulator, 'url'>): Promise<void> {
  const ses = new SESv2Client({
    endpoint: url,
    region: credentials.AWS_REGION,
    credentials: {
      accessKeyId: credentials.AWS_ACCESS_KEY_ID,
      secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
    },
  });
  const sender = essex.senders.email.replace(/^.*<(.+)>$/, '$1');
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: sender }));
  await ses.send(
    new CreateEmailTemplateCommand({
      TemplateName: 'streetmeet-test',
      TemplateContent: { Subject: '{{subject}}', Html: '{{{html}}}', Text: '{{{text}}}' },
    }),
  );
  ses.destroy();
}
