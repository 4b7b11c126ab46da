package dev.sluice.bench;

import java.nio.file.Path;

/**
 * A workload made ready: what the contenders read.
 *
 * @param bootstrapServers the broker
 * @param topic where the records are, in one partition, each at the offset of its number
 * @param records how many there are
 * @param schema file of the records' schema
 * @param profile file of the data profile
 */
record Trial(
    Workload workload,
    String bootstrapServers,
    String topic,
    long records,
    Path schema,
    Path profile) {}
