/**
 * What a Cisco AMP credential may do, chosen once when it is made. There is nothing finer.
 *
 * source: 'Cisco AMP for Endpoints API: Generating Client ID and API Key'.
 */
export const READ_ONLY = ['Read-only'];
export const READ_AND_WRITE = ['Read & Write'];
