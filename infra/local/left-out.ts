/**
 * Resource types without a part on one machine, and why nothing is missed without them. A type that is neither
 * here nor run by a part stops the start.
 */
export const leftOut: Record<string, string> = {
  'AWS::CDK::Metadata': 'says nothing about the system',
  'AWS::CloudWatch::Alarm': 'nobody is on call for a laptop',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is on call for a laptop',
  'AWS::CloudWatch::Dashboard': 'the numbers of a laptop mean nothing',
  'AWS::Logs::LogGroup': 'logs are files in DATA_DIR',
  'AWS::Logs::MetricFilter': 'feeds alarms',
  'AWS::Logs::ResourcePolicy': 'logs are files in DATA_DIR',
  'AWS::Lambda::LayerVersion': 'programs of a function whose work the host does itself',
  'AWS::Lambda::Permission': 'who may call a function: on one machine only its own sources can',
  'AWS::S3::BucketPolicy': 'guards against callers from outside, and there are none',
  'AWS::SQS::QueuePolicy': 'guards against callers from outside, and there are none',
  'AWS::SNS::TopicPolicy': 'guards against callers from outside, and there are none',
  'AWS::CloudFront::OriginAccessControl': 'signs what the edge asks of the bucket; here both are one process',
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': 'as the origin access control',
  'AWS::SES::EmailIdentity': 'proves to others that a domain is ours; the outbox needs no proof',
  'AWS::Cognito::UserPoolDomain': 'the address of the sign-in pages; the local provider has its own',
  'AWS::Cognito::UserPoolGroup': 'the personas carry their groups',
  'AWS::Scheduler::ScheduleGroup': 'a name for several schedules',
  'AWS::ApiGateway::Account': 'where gateway logs go',
  'AWS::Route53::RecordSet': 'localhost needs no name',
};
