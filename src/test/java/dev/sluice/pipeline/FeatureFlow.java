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
 */
final class FeatureFlow {
  private static final String BYTES_PER_SECOND = "consumer_byte_rate";

  private final String bootstrapServers;

  FeatureFlow(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Holds each consumer to so many bytes per second. */
  void slow(long bytesPerSecond) throws Exception {
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
