/**
 * Schemas of a schema registry that speaks Confluent's REST API: the client, and what it has
 * learned. Implements a port of {@code decode}; knows no Kafka client.
 */
package dev.sluice.kafka.registry;
