import { jsonResponse } from '../frame/wire.ts';
import { errorFields, errorTexts, refuse } from './errors.ts';
import { type AutomoxRoute, orgRoute, parseBody } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import type { World } from './world.ts';

/** `size` counts all approvals, whatever the vendor's description says of pages. */
export const approvalRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/approvals', ({ org, query }) => {
    const rows = [...org.approvals.values()];
    return jsonResponse(200, { size: rows.length, results: pageOf(rows, parsePage(query)) });
  }),
  orgRoute(world, 'PUT', '/approvals/:id', (call) => {
    const approval = call.org.approvals.get(Number(call.params['id']));
    if (approval === undefined) return refuse(errorTexts(404, 'Approval not found'));
    const { manual_approval } = parseBody(call);
    if (typeof manual_approval !== 'boolean') {
      return refuse(errorFields(400, { manual_approval: ['must be a boolean'] }));
    }
    approval.manual_approval = manual_approval;
    approval.status = manual_approval ? 'approved' : 'rejected';
    call.wrote(1);
    return jsonResponse(200, [approval]);
  }),
];
