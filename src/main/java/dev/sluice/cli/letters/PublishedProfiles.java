package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import dev.sluice.profile.DataProfile;
import java.util.function.Consumer;

/** A topic of window profiles → the profiles. */
public final class PublishedProfiles {
  private PublishedProfiles() {}

  /**
   * Hands on all that the topic has now, partition by partition.
   *
   * @throws IllegalArgumentException if a message is no window profile
   */
  public static void read(ClientOptions options, String topic, Consumer<DataProfile> profiles) {
    PublishedRecords.profiles().read(options, topic, profiles);
  }
}
