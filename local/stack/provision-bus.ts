/** The bus of the topology and its rules: job requests, and the reactions of the config. */
import {
  CreateEventBusCommand,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { Topology } from '../../shared/config/topology.ts';
import { localArn } from './local-arn.ts';
import { unlessThere } from './unless-there.ts';

interface RuleShape {
  readonly name: string;
  readonly enabled: boolean;
  readonly pattern: object;
  readonly input?: Pick<Target, 'InputTransformer'>;
}

export async function provisionBus(
  events: EventBridgeClient,
  { bus, reactions, intake }: Topology,
): Promise<void> {
  await unlessThere(events.send(new CreateEventBusCommand({ Name: bus.name })));
  const requests = { name: bus.ruleName, enabled: true };
  const rules: readonly RuleShape[] = [
    { ...requests, pattern: { 'detail-type': [bus.detailType] } },
    ...reactions.map(({ inputPaths, template, ...rule }) => ({
      ...rule,
      input: { InputTransformer: { InputPathsMap: { ...inputPaths }, InputTemplate: template } },
    })),
  ];
  const target = {
    Arn: localArn('sqs', intake.name),
    DeadLetterConfig: { Arn: localArn('sqs', intake.deadLetter.name) },
  };
  for (const rule of rules) await putRule(events, bus.name, rule, target);
}

async function putRule(
  events: EventBridgeClient,
  EventBusName: string,
  { name, enabled, pattern, input }: RuleShape,
  target: Omit<Target, 'Id'>,
): Promise<void> {
  const EventPattern = JSON.stringify(pattern);
  const State = enabled ? 'ENABLED' : 'DISABLED';
  await events.send(new PutRuleCommand({ Name: name, EventBusName, EventPattern, State }));
  // As the template names them.
  const Targets = [{ Id: input ? 'intake' : 'Target0', ...target, ...input }];
  await events.send(new PutTargetsCommand({ Rule: name, EventBusName, Targets }));
}
