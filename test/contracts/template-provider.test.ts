import { TemplateAccount } from '../../docs/templates/provider/account.ts';
import { template } from '../../docs/templates/provider/template.ts';
import { describeProvider } from './provider.ts';

describeProvider(template, {
  accounts: [
    TemplateAccount.parse({ provider: 'template', tenantId: 'tenant_1' }),
    TemplateAccount.parse({ provider: 'template', tenantId: 'tenant_1', region: 'eu' }),
  ],
  hosts: ['api.example.com', 'api.eu.example.com'],
  secret: { apiKey: '5e0d3c-hushed-key' },
});
