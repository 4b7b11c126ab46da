/**
 * Predictions, profiles and dead letters → Avro bytes of the public schemas.
 *
 * <p>Predictions are written field by field into a reused buffer, since there is one per record;
 * profiles and dead letters are rare and go through Avro's own writer and generated classes. The
 * schemas in {@code schemas/} are the contract: a test reads back with Avro what is written here.
 */
package dev.sluice.encode;
