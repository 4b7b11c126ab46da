/**
 * References in options to secrets that are kept elsewhere, for brokers and registry alike: what
 * they look like, what they stand for, and whether they lead anywhere. Keeps and logs no secret.
 */
package dev.sluice.kafka.secret;
