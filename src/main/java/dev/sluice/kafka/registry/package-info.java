/**
 * Schemas of a schema registry that speaks Confluent's REST API: the client, and what it has
 * learned. Implements a port of {@code decode}; knows no Kafka client.
 *
 * <pre>
 *   RegistrySchemas ─ open ─► RegistryReader ─┬─► SchemaStore: known, unknown, who asks now, who waits
 *                             (one per subtask │     (one per process and configuration)
 *                              and purpose)    └─► SchemaLookup, SubjectVersions ─► RegistryHttp ─► registry
 *   RegistryClient: register and look up before the job starts ────────────────────────┘
 * </pre>
 *
 * <p>What the registry says is an answer, "unknown" too. Everything else is a {@link
 * dev.sluice.kafka.registry.NoAnswerException}: readers wait and ask again, the client gives up.
 * Answers are bounded in size and time; no message holds a secret.
 */
package dev.sluice.kafka.registry;
