/** Commands for one device. A connected device answers later; one that is offline never does. */
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { errorTexts, refuse } from './errors.ts';
import { type AutomoxRoute, type OrgCall, orgRoute, parseBody } from './org-route.ts';
import { getDevice } from './server-routes.ts';
import { type Command, consoleDate, type World } from './world.ts';

const COMMANDS = ['GetOS', 'InstallUpdate', 'InstallAllUpdates', 'Reboot'];

export const queueRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/servers/:id/queues', (call) => {
    const { id } = getDevice(call);
    return jsonResponse(
      200,
      call.org.commands.filter((command) => command.server_id === id),
    );
  }),
  orgRoute(world, 'POST', '/servers/:id/queues', (call) => {
    const device = getDevice(call);
    const { name, args } = parseCommand(call);
    const command: Command = {
      id: world.nextId(),
      server_id: device.id,
      command_id: COMMANDS.indexOf(name),
      command_type_name: name,
      args,
      policy_id: null,
      exec_time: consoleDate(call.nowMs),
      response: null,
      response_time: null,
    };
    call.org.commands.push(command);
    if (device.connected) answerLater(world, command, call.nowMs);
    call.wrote(1);
    return emptyResponse(201);
  }),
];

function answerLater(world: World, command: Command, nowMs: number): void {
  world.later.at(nowMs + world.settings.commandDelayMs, (dueMs) => {
    command.response = '{"ResponseCode":0}';
    command.response_time = consoleDate(dueMs);
  });
}

/** `args` belongs to InstallUpdate alone, and is text with spaces between. Throws Refusal. */
function parseCommand(call: OrgCall): { readonly name: string; readonly args: string } {
  const { command_type_name: name, args } = parseBody(call);
  if (typeof name !== 'string' || !COMMANDS.includes(name)) {
    return refuse(errorTexts(400, `command_type_name must be one of ${COMMANDS.join(', ')}`));
  }
  const wantsArgs = name === 'InstallUpdate';
  if (wantsArgs && (typeof args !== 'string' || args.trim() === '')) {
    refuse(errorTexts(400, 'args must name the updates'));
  }
  if (!wantsArgs && args !== undefined && args !== '') {
    refuse(errorTexts(400, `args is not allowed with ${name}`));
  }
  return { name, args: typeof args === 'string' ? args : '' };
}
