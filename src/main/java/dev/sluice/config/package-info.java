/**
 * Every option of the job, typed and checked before the job starts.
 *
 * <pre>
 *   --config file.yaml ─┐
 *                       ├─► OptionReader ─► Configuration ─► JobOptions ─► one XxxOptions per area
 *   --key value ────────┘         │                             │
 *                            unknown keys                impossible values
 *                                 └──────► OptionException ◄────┘     all problems, one line each
 * </pre>
 *
 * <p>Takes command-line arguments and a YAML file, nested or flat; gives immutable, serializable
 * options; refuses what it does not know and what cannot be. Values of keys that look like a secret
 * are never printed. This package depends on Flink's configuration classes only.
 */
package dev.sluice.config;
