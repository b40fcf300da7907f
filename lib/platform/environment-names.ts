/** Environment variables that every function understands, whatever its job; the infrastructure sets them by these names. */
export const STAGE_VARIABLE = 'NIGHTSHIFT_STAGE';
export const LOG_LEVEL_VARIABLE = 'NIGHTSHIFT_LOG_LEVEL';
/** Name of the SSM parameter that holds the URL of the Slack webhook for failed runs. */
export const SLACK_WEBHOOK_PARAMETER_VARIABLE = 'NIGHTSHIFT_SLACK_WEBHOOK_PARAMETER';
