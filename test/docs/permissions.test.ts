import { describe, expect, it } from 'vitest';
import { permissionsPage } from '../../docs/generate/permissions-page.ts';
import { synthesizedResources } from '../../docs/generate/synthesized-stack.ts';
import { getPage } from './pages.ts';

const resources = synthesizedResources();
const { text } = getPage('docs/permissions.md');

describe('the page of permissions', () => {
  it('is as the stack has it (run "node docs/generate-permissions.ts")', () => {
    expect(text).toBe(permissionsPage(resources));
  });

  it('names every function and every action of every role', () => {
    for (const { Type, Properties } of resources) {
      if (Type === 'AWS::Lambda::Function') {
        expect(text).toContain(`### ${Properties['FunctionName']}\n`);
      }
    }
    const actions = JSON.stringify(
      resources.filter(({ Type }) => Type === 'AWS::IAM::Policy'),
    ).matchAll(/"([a-z0-9]+:[A-Z][A-Za-z]+)"/g);
    for (const [, action] of actions) expect(text).toContain(`\`${action}\``);
  });
});
