import {
  CreateEmailIdentityCommand,
  CreateEmailTemplateCommand,
  ListConfigurationSetsCommand,
  SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { ListTopicsCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import essex from '../../shared/force/essex.json' with { type: 'json' };
import { rootClient } from './as-root.ts';
import { account, credentials } from './emulator.ts';

/** The force's address. */
export const sender = essex.senders.email.replace(/^.*<(.+)>$/, '$1');

/** A verified sender, which only its owner can make, and the template that CloudFormation could not make. */
export async function makeMail(endpoint: string): Promise<void> {
  const ses = new SESv2Client(rootClient(endpoint));
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: sender }));
  await ses.send(
    new CreateEmailTemplateCommand({
      TemplateName: 'streetmeet-test',
      TemplateContent: { Subject: '{{subject}}', Html: '{{{html}}}', Text: '{{{text}}}' },
    }),
  );
}

/** Whether an e-mail sent through the stack's configuration set is heard of on its topic within two seconds. */
export async function hearsOfMail(endpoint: string): Promise<boolean> {
  const client = rootClient(endpoint);
  const [ses, sns, sqs] = [new SESv2Client(client), new SNSClient(client), new SQSClient(client)];
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const { ConfigurationSets = [] } = await ses.send(new ListConfigurationSetsCommand({}));
  const TopicArn = Topics.map((topic) => topic.TopicArn).find((arn) => arn?.includes('MailEvents'));
  const ConfigurationSetName = ConfigurationSets.find((name) => name.includes('ConfigurationSet'));
  if (!TopicArn || !ConfigurationSetName) throw new Error('the stack has no configuration set with a topic');

  const Endpoint = `arn:aws:sqs:${credentials.AWS_REGION}:${account}:heard`;
  const fromTopic = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: Endpoint };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [fromTopic] });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'heard', Attributes: { Policy } }));
  const hears = async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
    return Messages.length > 0;
  };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'can you hear me' }));
  if (!(await hears())) throw new Error('the probe hears nothing at all of the topic');

  const Body = { Text: { Data: 'probe' } };
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: sender,
      ConfigurationSetName,
      Destination: { ToAddresses: ['success@simulator.amazonses.com'] },
      Content: { Simple: { Subject: { Data: 'probe' }, Body } },
    }),
  );
  return hears();
}
