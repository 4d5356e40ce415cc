/**
 * The formats of cxw, for programs that read or write them: zod schemas, JSON Schemas and types. The schemas are zod 4
 * objects; their types need the package `zod`.
 */
export { ticketSchema, TICKET_VERSION, TRIGGERS, KINDS, type Ticket, type TicketClass, type QuickTicket, type Criterion, type Proof, type Trigger } from './domain/ticket.js';
export { policySchema, POLICY_VERSION, DELIVERY_MODES, type Policy, type DeliveryMode } from './domain/policy.js';
export { recordSchemas, RECORD_KINDS, type RecordKind, type Documents, type Plan, type Changes, type SelfReview, type Review, type Finding, type Curation } from './domain/records.js';
export { factSchema, claimSchema, FACT_VERSION, type Fact, type FactKind, type FactOf, type Claim } from './domain/facts.js';
export { envelopeSchema, type Envelope, type EnvelopeProblem } from './domain/envelope.js';
export { jsonSchema, jsonSchemas, schemaNames, type JsonSchema } from './domain/schemas.js';
export { ROAD, STATES, type State, type Milestone } from './domain/road.js';
export { parsePath, showPath, type RepoPath } from './domain/paths.js';
export { VERSION } from './domain/version.js';
