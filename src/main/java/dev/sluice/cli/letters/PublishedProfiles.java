package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import dev.sluice.profile.DataProfile;
import java.util.function.Consumer;

/** A topic of window profiles → the profiles. */
public final class PublishedProfiles {
  private PublishedProfiles() {}

  /**
   * Hands on all that the topic has now, partition by partition. Messages that are no window
   * profile are passed over.
   *
   * @param notes takes one line for a person that counts such messages, if there are any
   */
  public static void read(
      ClientOptions options, String topic, Consumer<DataProfile> profiles, Consumer<String> notes) {
    PublishedRecords.profiles().read(options, topic, profiles, notes);
  }
}
