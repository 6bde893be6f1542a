import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { IsolateAndPatchStack } from '../../../infra/examples/isolate-and-patch/isolate-and-patch-stack.ts';
import { isErrorCode } from '../../../shared/errors/codes.ts';
import { parseJobRequest } from '../../../shared/jobs/parse-job-request.ts';
import { createJobCatalog } from '../../../shared/providers/registry.ts';
import { accountOf } from '../../support/sample-accounts.ts';
import { SAMPLE_AT_MS } from '../../support/sample-job.ts';
import { appContext } from '../rendered.ts';
import { fill, nextOf, reachable, type State, StateMachine } from './asl.ts';

const app = new App({ context: appContext });
const stack = new IsolateAndPatchStack(app, 'Example', {
  accounts: { automox: 'acme', amp: 'globex' },
});
const resources = Object.values(Template.fromStack(stack).toJSON()['Resources']) as {
  readonly Type: string;
  readonly Properties: { readonly DefinitionString: { readonly 'Fn::Join': [string, unknown[]] } };
}[];
const found = resources.find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
const [, parts = []] = found?.Properties.DefinitionString['Fn::Join'] ?? [];
const machine = StateMachine.parse(
  JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'aws')).join('')),
);

const states = Object.entries(machine.States);
const jobs = states.filter(([, { Resource }]) => Resource?.includes('waitForTaskToken'));
const input = {
  hostname: 'WS-0042',
  deviceId: 1_840_112,
  computerGuid: '1f9a3c52-77e4-4a0b-8d55-6b1c2e3f4a5b',
  case: 'Case 4711',
};
const context = { Task: { Token: 'token' }, Execution: { Name: 'run-1' } };
const rules = {
  catalog: createJobCatalog(),
  accounts: { acme: accountOf('automox'), globex: accountOf('amp') },
};
const messageOf = (state: State) =>
  parseJobRequest(fill(state.Parameters?.MessageBody, input, context), rules, SAMPLE_AT_MS);

describe('the workflow that isolates and patches', () => {
  it('goes through its steps by jobs, each waiting for its task token', () => {
    expect(jobs.map(([name, state]) => [name, messageOf(state).request.type]).sort()).toEqual([
      ['Detect', 'automox.servers.query'],
      ['Isolate', 'amp.computer.isolate'],
      ['Patch', 'automox.server.command'],
      ['Release', 'amp.computer.release'],
      ['Tag', 'automox.server.update'],
      ['Verify', 'automox.servers.query'],
    ]);
  });

  it.each(jobs)('%s sends a message that its job type takes, with the token', (_name, state) => {
    expect(messageOf(state).request).toMatchObject({
      taskToken: 'token',
      correlationId: 'run-1',
    });
  });

  it('reaches every state, and names none that is not there', () => {
    expect([...reachable(machine)].sort()).toEqual(states.map(([name]) => name).sort());
    for (const [name, state] of states) {
      const leads = nextOf(state).filter((next) => machine.States[next] === undefined);
      expect(leads, name).toEqual([]);
    }
  });

  it('ends only where it says how', () => {
    const ends = states.filter(([, state]) => nextOf(state).length === 0);
    expect(ends.map(([name, { Type }]) => `${Type} ${name}`).sort()).toEqual([
      'Fail LeftIsolated',
      'Fail NotIsolated',
      'Succeed NothingToDo',
      'Succeed Released',
    ]);
  });

  it.each(jobs)(
    '%s gives up by itself, and catches the uncertain apart from the rest',
    (_name, state) => {
      expect(state.TimeoutSeconds).toBe(21_600);
      expect(state.Catch.map(({ ErrorEquals }) => ErrorEquals)).toEqual([
        ['provider.no-answer'],
        ['States.ALL'],
      ]);
    },
  );

  it.each(jobs)('%s repeats a job only for what passes, never an uncertain one', (_name, state) => {
    const [retry, ...more] = state.Retry;
    expect(more).toEqual([]);
    expect(retry?.MaxAttempts).toBe(2);
    expect(retry?.ErrorEquals.filter((code) => !isErrorCode(code))).toEqual([]);
    expect(retry?.ErrorEquals).not.toContain('provider.no-answer');
  });

  it('leaves a device isolated whatever fails once it is', () => {
    for (const name of ['Tag', 'Patch', 'Verify', 'Release']) {
      const targets = machine.States[name]?.Catch.map(({ Next }) => Next);
      expect(targets, name).toEqual(['LeftIsolated', 'LeftIsolated']);
    }
  });

  it('may send to the intake queue, and passes the checks of cdk-nag', () => {
    const allowed = JSON.stringify(resources.filter(({ Type }) => Type === 'AWS::IAM::Policy'));
    expect(allowed).toContain(':sluice-intake');
    expect(new AwsSolutionsChecks().validateScope(app).violations).toEqual([]);
  });
});
