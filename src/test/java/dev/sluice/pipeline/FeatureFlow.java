package dev.sluice.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/**
 * How fast a broker lets its consumers read, by its quotas: slowly enough that records still flow
 * when something fails, on a fast machine too, and then as fast as they can.
 *
 * <p>A broker takes back a fetch that is beyond the quota of ten seconds, and has the consumer ask
 * again later: for ever, if each fetch is. So fetches and the batches in them have to be small.
 */
final class FeatureFlow {
  /** The most that a batch of records has. */
  static final int BATCH_BYTES = 8192;

  private static final int FETCH_BYTES = 65_536;
  private static final int QUOTA_SECONDS = 10;
  private static final String BYTES_PER_SECOND = "consumer_byte_rate";

  private final String bootstrapServers;

  FeatureFlow(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Lets the job fetch little at once. */
  static JobRun sip(JobRun run) {
    return run.option("kafka.source.properties.fetch.max.bytes", Integer.toString(FETCH_BYTES))
        .option(
            "kafka.source.properties.max.partition.fetch.bytes", Integer.toString(FETCH_BYTES / 2));
  }

  /**
   * Holds each consumer to so many bytes per second.
   *
   * @throws IllegalArgumentException if a fetch is not well within the quota
   */
  void slow(long bytesPerSecond) throws Exception {
    if (bytesPerSecond * QUOTA_SECONDS < 2 * (FETCH_BYTES + BATCH_BYTES)) {
      throw new IllegalArgumentException(
          bytesPerSecond + " bytes per second are too few for fetches of " + FETCH_BYTES);
    }
    alter((double) bytesPerSecond); // a whole number: the broker takes no other
  }

  /** Lets all consumers read as fast as they can. */
  void free() throws Exception {
    alter(null);
  }

  private void alter(Double bytesPerSecond) throws Exception {
    Map<String, String> each = new HashMap<>();
    each.put(ClientQuotaEntity.CLIENT_ID, null); // whoever has no quota of its own
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .alterClientQuotas(
              List.of(
                  new ClientQuotaAlteration(
                      new ClientQuotaEntity(each),
                      List.of(new ClientQuotaAlteration.Op(BYTES_PER_SECOND, bytesPerSecond)))))
          .all()
          .get();
    }
  }
}
