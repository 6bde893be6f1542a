/**
 * What can be done to an alert, and how it is seen that it is done: OpsRamp does not say what an action
 * on a state that is reached already does, so that such a one is left out.
 */
import { type JsonObject, scalarText } from '../../../kernel/json.ts';
import { isMarked } from '../alert-selection.ts';
import type { alertActions } from '../operations/alerts.ts';

export type AlertAction = (typeof alertActions)[number];

interface Told {
  readonly isDone: (alert: JsonObject) => boolean;
  /** `acknowledged 3 alerts`, `would acknowledge 3 alerts`. */
  readonly done: string;
  readonly verb: string;
}

export const toldActions: Readonly<Record<AlertAction, Told>> = {
  acknowledge: {
    isDone: (alert) => isMarked(alert, 'acknowledged'),
    done: 'acknowledged',
    verb: 'acknowledge',
  },
  unAcknowledge: {
    isDone: (alert) => !isMarked(alert, 'acknowledged'),
    done: 'unacknowledged',
    verb: 'unacknowledge',
  },
  suppress: {
    isDone: (alert) => isMarked(alert, 'suppressed'),
    done: 'suppressed',
    verb: 'suppress',
  },
  unSuppress: {
    isDone: (alert) => !isMarked(alert, 'suppressed') && !isMarked(alert, 'permanentlySuppressed'),
    done: 'unsuppressed',
    verb: 'unsuppress',
  },
  close: { isDone: (alert) => isMarked(alert, 'closed'), done: 'closed', verb: 'close' },
  heal: {
    isDone: ({ currentState }) => scalarText(currentState).toLowerCase() === 'ok',
    done: 'healed',
    verb: 'heal',
  },
};

export const hasReached = (action: AlertAction, alert: JsonObject): boolean =>
  toldActions[action].isDone(alert);
