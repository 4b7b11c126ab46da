package dev.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A workload made ready: what the contenders are given before the records come.
 *
 * @param bootstrapServers the broker
 * @param schema file of the records' schema
 * @param profile file of the data profile
 * @param checkpointInterval between two checkpoints of a job, or commits of one that has none
 */
record Trial(
    Workload workload,
    String bootstrapServers,
    Path schema,
    Path profile,
    Duration checkpointInterval) {}
