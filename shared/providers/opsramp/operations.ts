/**
 * The operations of OpsRamp that Sluice calls, a file for each category of its documentation. Every
 * call spends from one lane. POST both creates and updates; some GETs act.
 */
import { agents } from './operations/agents.ts';
import { alerts } from './operations/alerts.ts';
import { automation } from './operations/automation.ts';
import { dataExports } from './operations/exports.ts';
import { integrations } from './operations/integrations.ts';
import { knowledgeBase } from './operations/knowledge-base.ts';
import { maintenance } from './operations/maintenance.ts';
import { metrics } from './operations/metrics.ts';
import { monitoring } from './operations/monitoring.ts';
import { patching } from './operations/patching.ts';
import { resources } from './operations/resources.ts';
import { tenancy } from './operations/tenancy.ts';
import { tickets } from './operations/tickets.ts';

const named = {
  ...agents,
  ...alerts,
  ...maintenance,
  ...automation,
  ...dataExports,
  ...integrations,
  ...knowledgeBase,
  ...metrics,
  ...monitoring,
  ...patching,
  ...resources,
  ...tenancy,
};

export const operations: typeof named & typeof tickets = { ...named, ...tickets };
